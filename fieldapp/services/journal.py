"""What was done to one inventory, by whom and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.device import Device
from fieldapp.services.scope import Scope


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal; `who` is a name, or empty for the server and for the bearer of a link."""

    at: datetime
    action: str
    actor_kind: str
    who: str
    facts: Mapping[str, Any]


def entries(scope: Scope, inventory_id: str) -> tuple[Entry, ...]:
    """The journal of an inventory, the newest first; three queries."""
    rows = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_id == inventory_id, AuditEntry.landlord_id == scope.landlord_id)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    ).all()
    names = _names({row.actor.partition(":")[2] for row in rows})
    return tuple(
        Entry(row.at, row.action, row.actor.partition(":")[0], names.get(row.actor.partition(":")[2], ""), row.facts)
        for row in rows
    )


def _names(ids: set[str]) -> dict[str, str]:
    people = select(Account.id, Account.name).where(Account.id.in_(ids))
    tablets = select(Device.id, Device.name).where(Device.id.in_(ids))
    return {row.id: row.name for wanted in (people, tablets) for row in db.session.execute(wanted)}
