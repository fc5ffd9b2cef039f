"""The absences of agents: noted, taken back, and asked about before a slot is given."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.account import Role
from fieldapp.extensions import db
from fieldapp.records.absence import Absence
from fieldapp.records.account import Account
from fieldapp.services import audit
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope


class UnknownAbsence(LookupError):
    """No such agent or absence in this scope."""


@dataclass(frozen=True, slots=True)
class Away:
    """One absence, both days counted."""

    id: str
    agent_id: str
    first_on: date
    last_on: date


def note(scope: Scope, agent_id: str, first_on: date, last_on: date, by: str) -> None:
    """Note that an agent is away; appointments that were given stay, in sight. Raises `UnknownAbsence`."""
    session = db.session()
    agent = session.scalar(
        select(Account).where(
            Account.id == agent_id, Account.role == Role.AGENT, *scope.of(Account.landlord_id, Account.agency_id)
        )
    )
    if agent is None:
        raise UnknownAbsence(agent_id)
    row = Absence(id=new_id(), landlord_id=scope.landlord_id, agent_id=agent_id, first_on=first_on, last_on=last_on)
    row.created_by, row.created_at = by, datetime.now(UTC)
    session.add(row)
    audit.record(session, f"account:{by}", "absence.noted", "account", agent_id, scope.landlord_id)
    session.commit()


def take_back(scope: Scope, absence_id: str, by: str) -> None:
    """The agent is there after all; raises `UnknownAbsence`."""
    session = db.session()
    row = session.scalar(
        select(Absence)
        .join(Account, Account.id == Absence.agent_id)
        .where(Absence.id == absence_id, *scope.of(Account.landlord_id, Account.agency_id))
    )
    if row is None:
        raise UnknownAbsence(absence_id)
    audit.record(session, f"account:{by}", "absence.taken_back", "account", row.agent_id, row.landlord_id)
    session.delete(row)
    session.commit()


def away_in(session: Session, agent_id: str, first: date, last: date) -> Away | None:
    """The earliest absence of an agent that touches these days."""
    row = session.scalars(
        select(Absence)
        .where(Absence.agent_id == agent_id, Absence.first_on <= last, Absence.last_on >= first)
        .order_by(Absence.first_on)
    ).first()
    return None if row is None else _away(row)


def between(scope: Scope, first: date, last: date) -> list[Away]:
    """The absences that touch these days."""
    rows = db.session.scalars(
        select(Absence)
        .where(Absence.landlord_id == scope.landlord_id, Absence.first_on <= last, Absence.last_on >= first)
        .order_by(Absence.first_on, Absence.id)
    )
    return [_away(row) for row in rows]


def _away(row: Absence) -> Away:
    return Away(row.id, row.agent_id, row.first_on, row.last_on)
