"""Secrets that must be read again are kept encrypted under the installation's own secret, each for one purpose."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldapp.services.installation import config

NONCE_BYTES = 12


class CannotOpen(ValueError):
    """The installation's secret is not the one that closed the box."""


def close(purpose: str, text: str) -> bytes:
    """Encrypt a secret; it opens for the same purpose only."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_key()).encrypt(nonce, text.encode(), purpose.encode())


def open_box(purpose: str, box: bytes) -> str:
    """Read a secret again; raises `CannotOpen`."""
    try:
        return AESGCM(_key()).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], purpose.encode()).decode()
    except InvalidTag as error:
        raise CannotOpen(purpose) from error


def _key() -> bytes:
    return HKDF(SHA256(), 32, None, b"fieldapp secret box 1").derive(config().secret_key.encode())
