"""What was done to one inventory, by whom and when."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from fieldapp.domain.copy import TAKERS
from fieldapp.domain.local_day import moment
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.device import Device
from fieldapp.services.case_file import Person
from fieldapp.services.scope import Scope


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal; `who` is a name, or empty for the server and for the bearer of a link."""

    at: datetime
    action: str
    actor_kind: str
    who: str
    facts: Mapping[str, Any]


def entries(
    scope: Scope, inventory_id: str, people: Sequence[Person], sealed_at: datetime | None = None
) -> tuple[Entry, ...]:
    """The journal of an inventory and the copies that its tablet handed over, the newest first; three queries.

    Once it is sealed, each party that has no copy yet has its line too, before all others.
    """
    rows = db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject_id == inventory_id,
            AuditEntry.landlord_id == scope.landlord_id,
            AuditEntry.action.not_like("%.read"),  # who looked is in the journal of the house, not in that of the file
        )
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    ).all()
    names = _names({row.actor.partition(":")[2] for row in rows})
    written = [
        Entry(row.at, row.action, row.actor.partition(":")[0], names.get(row.actor.partition(":")[2], ""), row.facts)
        for row in rows
    ]
    told = sorted([*written, *_handed_on_the_spot(written, people)], key=lambda entry: entry.at, reverse=True)
    return (*_not_handed(people, sealed_at), *told)


def _not_handed(people: Sequence[Person], sealed_at: datetime | None) -> list[Entry]:
    """Whom the report still has to reach, since it exists."""
    if sealed_at is None:
        return []
    return [
        Entry(sealed_at, "handover.missing", "server", "", {"party_id": person.id})
        for person in people
        if person.quality in TAKERS and not person.has_copy
    ]


def _handed_on_the_spot(written: Sequence[Entry], people: Sequence[Person]) -> list[Entry]:
    """The copies that the tablet noted: what the server did itself is in the journal already."""
    known = Counter(_handing(entry.action, entry.facts) for entry in written)
    found = []
    for person in people:
        for handing in person.handings:
            at = moment(handing.at)
            action = "handover.done" if handing.done else "handover.begun"
            facts = {"party_id": handing.party_id, "channel": handing.channel}
            if known[_handing(action, facts)] > 0:
                known[_handing(action, facts)] -= 1
            elif at is not None:
                found.append(Entry(at, action, "device", "", facts))
    return found


def _handing(action: str, facts: Mapping[str, Any]) -> tuple[str, object, object]:
    return action, facts.get("party_id"), facts.get("channel")


def _names(ids: set[str]) -> dict[str, str]:
    people = select(Account.id, Account.name).where(Account.id.in_(ids))
    tablets = select(Device.id, Device.name).where(Device.id.in_(ids))
    return {row.id: row.name for wanted in (people, tablets) for row in db.session.execute(wanted)}
