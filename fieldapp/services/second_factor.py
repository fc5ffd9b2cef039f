"""The second factor: switched on with a code, asked for at every sign-in, replaced once by a recovery code."""

import base64
import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fieldapp.domain import one_time_code
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.second_factor import RecoveryCode, SecondFactor
from fieldapp.services import attempts, audit, secret_box
from fieldapp.services.attempts import Limit

TRIES = Limit("second_factor:account", 8, timedelta(minutes=15))
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # read aloud and written by hand: no i, l, o, 0, 1


class WrongCode(ValueError):
    """The code is not good, or was used before."""


def new_secret() -> str:
    """A secret for an authenticator, 160 bits in Base32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def is_on(account_id: str) -> bool:
    """Whether this account is asked for a code."""
    return db.session.get(SecondFactor, account_id) is not None


def switch_on(account_id: str, secret: str, code: str, now: datetime) -> tuple[str, ...]:
    """Keep the secret once the authenticator has shown that it has it; gives the recovery codes, shown only now.

    Raises `WrongCode` and `TooManyAttempts`.
    """
    attempts.count(TRIES, account_id)
    step = one_time_code.matching_step(secret, code.strip(), int(now.timestamp()))
    if step is None:
        raise WrongCode
    session = db.session()
    landlord_id = session.get_one(Account, account_id).landlord_id
    erase_in(session, account_id)
    box = secret_box.close("second factor", secret)
    session.add(SecondFactor(account_id=account_id, landlord_id=landlord_id, secret=box, step=step, since=now))
    session.flush()
    codes = tuple(_new_code() for _ in range(RECOVERY_CODES))
    session.add_all(RecoveryCode(account_id=account_id, token_sha256=_hash(code)) for code in codes)
    _note(session, account_id, landlord_id, "account.second_factor_set")
    session.commit()
    return codes


def check(account_id: str, code: str, now: datetime) -> None:
    """Accept a code of the authenticator, or a recovery code once; raises `WrongCode` and `TooManyAttempts`."""
    attempts.count(TRIES, account_id)
    session = db.session()
    factor = session.get(SecondFactor, account_id, with_for_update=True)
    if factor is None or not _accepted(session, factor, code.strip().lower().replace(" ", ""), now):
        session.rollback()
        raise WrongCode
    session.commit()
    attempts.forget(TRIES, account_id)


def switch_off(account_id: str, code: str, now: datetime) -> None:
    """Take it off, with a code that is good now; raises `WrongCode` and `TooManyAttempts`."""
    check(account_id, code, now)
    session = db.session()
    landlord_id = session.get_one(Account, account_id).landlord_id
    erase_in(session, account_id)
    _note(session, account_id, landlord_id, "account.second_factor_removed")
    session.commit()


def _accepted(session: Session, factor: SecondFactor, code: str, now: datetime) -> bool:
    secret = secret_box.open_box("second factor", factor.secret)
    step = one_time_code.matching_step(secret, code, int(now.timestamp()), factor.step)
    if step is not None:
        factor.step = step
        return True
    row = session.get(RecoveryCode, (factor.account_id, _hash(code)), with_for_update=True)
    if row is None or row.used_at is not None:
        return False
    row.used_at = now
    _note(session, factor.account_id, factor.landlord_id, "account.recovery_used")
    return True


def left(account_id: str) -> int:
    """How many recovery codes have not been used."""
    rows = select(RecoveryCode.token_sha256).where(
        RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    return len(db.session.scalars(rows).all())


def erase_in(session: Session, account_id: str) -> None:
    """Take the factor and its recovery codes away, in the caller's transaction."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    session.execute(delete(SecondFactor).where(SecondFactor.account_id == account_id))
    session.flush()


def _new_code() -> str:
    """Twelve letters and digits in threes: 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _note(session: Session, account_id: str, landlord_id: str, action: str) -> None:
    audit.record(session, f"account:{account_id}", action, "account", account_id, landlord_id)


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)
