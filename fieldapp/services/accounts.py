"""Who somebody is: passwords, and how often they may be tried."""

from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.services import attempts, audit
from fieldapp.services.attempts import Limit, TooManyAttempts

__all__ = ["BadCredentials", "TooManyAttempts", "authenticate", "hash_password"]

# OWASP's Argon2id parameters: 19 MiB, two passes, one lane. Eight at once still fit a small machine.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

BY_ACCOUNT = Limit("sign_in:account", 10, timedelta(minutes=15))
BY_ADDRESS = Limit("sign_in:address", 60, timedelta(minutes=15))
MOST_PASSWORD_CHARACTERS = 1024


class BadCredentials(Exception):
    """No active account has this e-mail with this password; which of the two was wrong is not said."""


def hash_password(password: str) -> str:
    """The Argon2id hash to keep, with its salt and parameters."""
    return _hasher.hash(password)


def authenticate(email: str, password: str, address: str) -> Account:
    """The active account with this e-mail and password; `address` is the network address that asks.

    Takes the same work whether the account exists or not. Raises `BadCredentials` and `TooManyAttempts`.
    """
    wanted = email.strip().lower()
    attempts.count(BY_ADDRESS, address)
    attempts.count(BY_ACCOUNT, wanted)
    account = db.session.scalars(select(Account).where(Account.email == wanted)).one_or_none()
    # The transaction must not stay open during the slow part: on SQLite it holds the only place for a writer.
    if account is not None:
        db.session.expunge(account)
    db.session.rollback()
    good = _matches(account.password_hash if account else _decoy(), password)
    if account is None or not good or not account.active:
        raise BadCredentials
    attempts.forget(BY_ACCOUNT, wanted)
    attempts.give_back(BY_ADDRESS, address)
    _welcome(account, password)
    return account


def _welcome(account: Account, password: str) -> None:
    kept = db.session.get(Account, account.id)
    if kept is not None and _hasher.check_needs_rehash(kept.password_hash):
        kept.password_hash = account.password_hash = hash_password(password)
    audit.record(db.session(), f"account:{account.id}", "account.signed_in", "account", account.id, account.landlord_id)
    db.session.commit()


def _matches(kept: str, password: str) -> bool:
    if len(password) > MOST_PASSWORD_CHARACTERS:
        return False
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _decoy() -> str:
    """A hash that no password has, to be compared with when there is no account."""
    return hash_password("nobody has this password")
