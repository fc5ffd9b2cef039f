"""The landlord's recovery key: what opens the data of a tablet that was found but can no longer be unlocked.

`recovery/<landlord>.pem` is the private key and `recovery/<landlord>.public.pem` the public one. Only the public one is
needed to run: the private one may be taken off the server, and then a thief of the server opens no tablet.
"""

import base64
import contextlib
import hashlib
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.device import Device
from fieldapp.records.upsert import Upsert
from fieldapp.records.wrapped_key import WrappedKey
from fieldapp.services.installation import config
from fieldapp.services.tablet import Tablet
from sync import canonical

BITS = 3072
"""As strong as the 128 bits of P-256 (NIST SP 800-57 part 1, table 2)."""

_KEEP = Upsert(WrappedKey, lambda insertion: insertion.on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class Recoverable:
    """A tablet whose data key is kept here, wrapped."""

    device_id: str
    device_name: str
    key_id: str
    recovery_kid: str
    wrapped: bytes


def public_key(landlord_id: str) -> dict[str, str]:
    """The landlord's public recovery key as a JWK for RSA-OAEP-256, made with its private half when there is none."""
    pem = _public_pem(config().recovery, landlord_id)
    key = load_pem_public_key(pem)
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError(f"recovery/{landlord_id}.public.pem is not an RSA key")
    numbers = key.public_numbers()
    members = {"e": _encoded(numbers.e), "kty": "RSA", "n": _encoded(numbers.n)}
    digest = hashlib.sha256(canonical.dumps(members)).digest()
    kid = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return {**members, "kid": kid, "alg": "RSA-OAEP-256", "use": "enc"}


def keep(tablet: Tablet, key_id: str, recovery_kid: str, wrapped: bytes) -> None:
    """Keep a tablet's wrapped data key; the first one stays, so that a stolen token cannot replace it."""
    row = {"device_id": tablet.id, "landlord_id": tablet.landlord_id, "key_id": key_id, "recovery_kid": recovery_kid}
    connection = db.session().connection()
    connection.execute(_KEEP.on(connection), {**row, "wrapped": wrapped, "kept_at": datetime.now(UTC)})
    db.session.commit()


def recoverable() -> list[Recoverable]:
    """Every tablet whose key is kept, in the order in which they came."""
    rows = db.session.execute(
        select(WrappedKey, Device.name).join(Device, Device.id == WrappedKey.device_id).order_by(WrappedKey.kept_at)
    )
    return [Recoverable(key.device_id, name, key.key_id, key.recovery_kid, key.wrapped) for key, name in rows]


def _public_pem(folder: Path, landlord_id: str) -> bytes:
    public, private = folder / f"{landlord_id}.public.pem", folder / f"{landlord_id}.pem"
    if not public.is_file():
        folder.mkdir(mode=0o700, exist_ok=True)
        if not private.is_file():
            made = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
            _put_once(private, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        # From the disk: of two processes that made a key at once, the first one's stays.
        kept = load_pem_private_key(private.read_bytes(), password=None)
        _put_once(public, kept.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return public.read_bytes()


def _put_once(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _encoded(number: int) -> str:
    data = number.to_bytes((number.bit_length() + 7) // 8)
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
