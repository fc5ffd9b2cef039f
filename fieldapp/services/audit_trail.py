"""The journal of the whole house: who did, read or took along what, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fieldapp.domain.zone import PARIS
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.api_token import ApiToken
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.device import Device

PAGE = 50


class Sort(StrEnum):
    """What kind of acts to show."""

    ALL = "all"
    READ = "read"
    WRITTEN = "written"
    EXPORTED = "exported"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: one kind of acts, one account, one day of the landlord's; whatever is None is not asked for."""

    sort: Sort = Sort.ALL
    account_id: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One act; `who` is a name, or empty for the server and for the bearer of a link."""

    id: str
    at: datetime
    action: str
    actor_kind: str
    who: str
    subject_kind: str
    subject_id: str
    facts: Mapping[str, Any]


def lines(landlord_id: str, wanted: Wanted, before: str | None = None) -> tuple[tuple[Line, ...], str | None]:
    """A page of the journal, and what leads to the next one; four queries."""
    session = db.session()
    query = select(AuditEntry).where(AuditEntry.landlord_id == landlord_id)
    match wanted.sort:
        case Sort.READ:
            query = query.where(or_(AuditEntry.action.like("%.read"), AuditEntry.action.like("%.listed")))
        case Sort.EXPORTED:
            query = query.where(AuditEntry.action.like("%.exported"))
        case Sort.ACCOUNTS:
            query = query.where(AuditEntry.subject_kind.in_(("account", "device", "client")))
        case Sort.WRITTEN:
            for ending in ("%.read", "%.listed", "%.exported"):
                query = query.where(AuditEntry.action.not_like(ending))
    if wanted.account_id is not None:
        query = query.where(AuditEntry.actor == f"account:{wanted.account_id}")
    if wanted.day is not None:
        begins = datetime.combine(wanted.day, time(), ZoneInfo(PARIS))
        query = query.where(AuditEntry.at >= begins, AuditEntry.at < begins + timedelta(days=1))
    if before is not None:
        query = query.where(AuditEntry.id < before)
    rows = session.scalars(query.order_by(AuditEntry.id.desc()).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    return _lines(session, shown), shown[-1].id if len(rows) > PAGE else None


def people(landlord_id: str) -> tuple[tuple[str, str], ...]:
    """Who may be asked for: id and name of every account."""
    rows = db.session.execute(
        select(Account.id, Account.name).where(Account.landlord_id == landlord_id).order_by(Account.name)
    )
    return tuple((row.id, row.name) for row in rows)


def _lines(session: Session, rows: Sequence[AuditEntry]) -> tuple[Line, ...]:
    ids = {row.actor.partition(":")[2] for row in rows}
    names: dict[str, str] = {}
    for table in (Account, Device, ApiToken):
        for found in session.execute(select(table.id, table.name).where(table.id.in_(ids))):
            names[found.id] = found.name
    return tuple(
        Line(
            row.id,
            row.at,
            row.action,
            row.actor.partition(":")[0],
            names.get(row.actor.partition(":")[2], ""),
            row.subject_kind,
            row.subject_id,
            row.facts,
        )
        for row in rows
    )
