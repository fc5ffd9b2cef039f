"""Whether an act was signed by the tablet that sent it: ECDSA over P-256 with SHA-256, raw r‖s (IEEE P1363)."""

import base64
import binascii
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from sync import canonical

_COORDINATE = 32


class BadKey(ValueError):
    """The key is no public P-256 key in JWK form (RFC 7517, 7518 section 6.2)."""


def public_key_of(jwk: Any) -> str:
    """Read a JWK and give it back in canonical JSON with its four public members; raises `BadKey`."""
    if not isinstance(jwk, dict) or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256" or "d" in jwk:
        raise BadKey("a public key is an EC JWK on P-256")
    members = {name: jwk.get(name) for name in ("crv", "kty", "x", "y")}
    try:
        _numbers(members).public_key()
    except (TypeError, ValueError, binascii.Error) as error:
        raise BadKey("the point is not on P-256") from error
    return canonical.dumps(members).decode()


def is_genuine(act: Mapping[str, Any], public_key: str) -> bool:
    """Whether `act["signature"]` signs the canonical bytes of the act's other members with this key."""
    unsigned = {name: value for name, value in act.items() if name != "signature"}
    try:
        raw = _decoded(act["signature"])
        if len(raw) != 2 * _COORDINATE:
            return False
        r, s = int.from_bytes(raw[:_COORDINATE]), int.from_bytes(raw[_COORDINATE:])
        _key(public_key).verify(utils.encode_dss_signature(r, s), canonical.dumps(unsigned), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


@lru_cache(maxsize=1024)
def _key(public_key: str) -> ec.EllipticCurvePublicKey:
    return _numbers(json.loads(public_key)).public_key()


def _numbers(jwk: Mapping[str, Any]) -> ec.EllipticCurvePublicNumbers:
    x, y = _decoded(jwk["x"]), _decoded(jwk["y"])
    if len(x) != _COORDINATE or len(y) != _COORDINATE:
        raise ValueError("a coordinate has 32 bytes")
    return ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), ec.SECP256R1())


def _decoded(text: Any) -> bytes:
    """Read base64url without padding (RFC 7515, 2), refusing every other character."""
    if not isinstance(text, str) or not text.isascii() or "=" in text or "+" in text or "/" in text:
        raise ValueError("base64url is expected")
    return base64.b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True)
