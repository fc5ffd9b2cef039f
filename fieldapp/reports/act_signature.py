"""The tablet's signature of an act: ECDSA on P-256 with SHA-256, as raw r and s in base64url."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from sync import canonical

_RAW = re.compile(r"[A-Za-z0-9_-]{86}")
_COORDINATE = re.compile(r"[A-Za-z0-9_-]{43}")


def holds(act: Mapping[str, Any], jwk: Mapping[str, Any]) -> bool:
    """Whether `act["signature"]` signs the canonical bytes of the rest of the act with the key of `jwk` (RFC 7518, 6.2)."""
    signature = act.get("signature")
    key = public_key(jwk)
    if key is None or not isinstance(signature, str) or not _RAW.fullmatch(signature):
        return False
    raw = _decoded(signature)
    if len(raw) != 64:
        return False
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    signed = canonical.dumps({name: value for name, value in act.items() if name != "signature"})
    try:
        key.verify(der, signed, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def public_key(jwk: Mapping[str, Any]) -> ec.EllipticCurvePublicKey | None:
    """The P-256 key of a JSON Web Key, None when it is not one."""
    x, y = jwk.get("x"), jwk.get("y")
    if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256" or not isinstance(x, str) or not isinstance(y, str):
        return None
    if not _COORDINATE.fullmatch(x) or not _COORDINATE.fullmatch(y):
        return None
    numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(_decoded(x)), int.from_bytes(_decoded(y)), ec.SECP256R1())
    try:
        return numbers.public_key()
    except ValueError:
        return None


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
