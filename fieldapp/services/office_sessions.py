"""The sign-ins of a member of staff: opened, listed, ended at once."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from fieldapp.domain.account import Role
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.landlord import Landlord
from fieldapp.records.office_session import OfficeSession
from fieldapp.records.second_factor import SecondFactor
from fieldapp.services import audit
from fieldapp.services.identifier import new_id

LIVES = timedelta(hours=12)
NAMES = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux")


class UnknownSession(LookupError):
    """This account has no such sign-in."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One sign-in as its owner sees it."""

    id: str
    browser: str
    started_at: datetime


def begin(account_id: str, user_agent: str) -> str:
    """Note a sign-in; gives its id."""
    session = db.session()
    account = session.get_one(Account, account_id)
    row = OfficeSession(
        id=new_id(),
        landlord_id=account.landlord_id,
        account_id=account_id,
        browser=_called(user_agent),
        started_at=datetime.now(UTC),
    )
    session.add(row)
    session.commit()
    return row.id


def account_of(session_id: str, account_id: str) -> Account | None:
    """The active account of a living sign-in."""
    found = account_and_lack(session_id, account_id)
    return None if found is None else found[0]


def account_and_lack(session_id: str, account_id: str) -> tuple[Account, bool] | None:
    """The active account of a living sign-in, and whether it lacks the second factor that its landlord demands."""
    demanded = or_(Account.role == Role.ADMIN, Landlord.second_factor_for == "office")
    lacks = and_(demanded, Landlord.demonstration.is_(False), SecondFactor.account_id.is_(None))
    row = db.session.execute(
        select(Account, lacks)
        .join(Landlord, Landlord.id == Account.landlord_id)
        .outerjoin(SecondFactor, SecondFactor.account_id == Account.id)
        .join(OfficeSession, OfficeSession.account_id == Account.id)
        .where(
            OfficeSession.id == session_id,
            OfficeSession.ended_at.is_(None),
            OfficeSession.started_at > datetime.now(UTC) - LIVES,
            Account.id == account_id,
            Account.active.is_(True),
        )
    ).one_or_none()
    return None if row is None else (row[0], bool(row[1]))


def living(account_id: str) -> tuple[Listed, ...]:
    """The sign-ins that open something, the newest first."""
    rows = db.session.scalars(
        select(OfficeSession)
        .where(
            OfficeSession.account_id == account_id,
            OfficeSession.ended_at.is_(None),
            OfficeSession.started_at > datetime.now(UTC) - LIVES,
        )
        .order_by(OfficeSession.id.desc())
    )
    return tuple(Listed(row.id, row.browser, row.started_at) for row in rows)


def end(account_id: str, session_id: str, by: str | None = None) -> None:
    """End one sign-in of an account, wherever it is; `by` is who does it for somebody else. Raises `UnknownSession`."""
    session = db.session()
    row = session.get(OfficeSession, session_id)
    if row is None or row.account_id != account_id:
        raise UnknownSession(session_id)
    if row.ended_at is None:
        row.ended_at = datetime.now(UTC)
        actor = f"account:{by or account_id}"
        audit.record(session, actor, "account.session_ended", "account", account_id, row.landlord_id)
    session.commit()


def end_all_in(session: Session, account_id: str) -> None:
    """End every sign-in of an account, in the caller's transaction."""
    session.execute(
        update(OfficeSession)
        .where(OfficeSession.account_id == account_id, OfficeSession.ended_at.is_(None))
        .values(ended_at=datetime.now(UTC))
    )


def _called(user_agent: str) -> str:
    """`Firefox, Linux`: enough to know one's own again, and nothing that follows a person."""
    name = next((one for one in NAMES if one in user_agent), "")
    system = next((one for one in SYSTEMS if one in user_agent), "")
    said = ", ".join(part for part in (name.replace("Edg", "Edge").replace("OPR", "Opera"), system) if part)
    return re.sub(r"[^\w, .-]", "", said)[:80]
