"""Keeping the central record: an accepted inventory or a technical document adds what it says, the office corrects with a reason, nothing is overwritten."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.record_fields import DAYS, FIELDS, Subject
from fieldapp.domain.record_told import Told, told
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.element import Element
from fieldapp.records.equipment import Equipment
from fieldapp.records.inventory import Inventory
from fieldapp.records.key import Key
from fieldapp.records.meter import Meter
from fieldapp.records.record_value import RecordValue
from fieldapp.records.room import Room
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services import audit, outgoing
from fieldapp.services.booking import NotHere
from fieldapp.services.identifier import new_id
from fieldapp.services.register.stock import own_dwellings
from fieldapp.services.scope import Scope
from sync import canonical, moment

SHEETS: Mapping[Subject, Any] = {Subject.EQUIPMENT: Equipment, Subject.KEY: Key, Subject.METER: Meter}
"""The tables of the dwelling sheet that the next inventory starts from."""

HELD: Mapping[Subject, Any] = {**SHEETS, Subject.ELEMENT: Element}
"""Those that hold today's value of some of the fields."""


class NotThisShape(ValueError):
    """The value is none that this field can hold."""


def keep_in(
    session: Session, row: Inventory, record: Mapping[str, Any], subjects: Collection[Subject] = tuple(Subject)
) -> None:
    """Add what a signed inventory says of these subjects, in the caller's transaction; again, it adds nothing."""
    at = record["established_at"] or record["keys_handed_at"]
    if at is None:
        return
    since, now = moment.read(at), datetime.now(UTC)
    known, kept = _known(session, row), set(_places(session, row.id))
    fresh = [
        one
        for one in told(record, row.tenancy_id)
        if one.subject in subjects and one.entity_id in known and (one.entity_id, one.field) not in kept
    ]
    later = _later(session, row.dwelling_id, since)
    session.add_all(_value(row.landlord_id, row.dwelling_id, one, since, now, inventory_id=row.id) for one in fresh)
    _write_sheet(session, [one for one in fresh if (one.entity_id, one.field) not in later])
    session.flush()


def remember_in(session: Session, row: Inventory, values: Iterable[Told], account_id: str, reason: str) -> None:
    """Add what somebody said of the dwelling's things in another paper about `row`, in the caller's transaction."""
    known, now = _known(session, row), datetime.now(UTC)
    fresh = [one for one in values if one.entity_id in known and FIELDS[one.subject][one.field](one.value)]
    session.add_all(
        _value(row.landlord_id, row.dwelling_id, one, now, now, account_id=account_id, reason=reason) for one in fresh
    )
    _write_sheet(session, fresh)
    session.flush()
    _tell_in(session, row.landlord_id, row.dwelling_id, fresh)


def keep_document_in(
    session: Session, document: VisitDocument, dwelling_id: str, values: Iterable[Told], since: datetime
) -> None:
    """Add what a technical document says of the elements of a dwelling, in the caller's transaction; others are left."""
    rooms = select(Room.id).where(Room.dwelling_id == dwelling_id)
    known = set(session.scalars(select(Element.id).where(Element.room_id.in_(rooms))))
    now = datetime.now(UTC)
    fresh = {(one.entity_id, one.field): one for one in values if one.entity_id in known}
    session.add_all(
        _value(document.landlord_id, dwelling_id, one, since, now, document_id=document.id) for one in fresh.values()
    )
    session.flush()


def keep_addendum_in(
    session: Session, document: VisitDocument, row: Inventory, values: Iterable[Told], since: datetime
) -> None:
    """Add what a signed addendum to `row` says, in the caller's transaction; again, it adds nothing."""
    places = select(RecordValue.entity_id, RecordValue.field).where(RecordValue.document_id == document.id)
    kept, known = {tuple(place) for place in session.execute(places)}, _known(session, row)
    fresh = {
        (one.entity_id, one.field): one
        for one in values
        if one.entity_id in known and (one.entity_id, one.field) not in kept
    }
    later, now = _later(session, row.dwelling_id, since), datetime.now(UTC)
    session.add_all(
        _value(row.landlord_id, row.dwelling_id, one, since, now, document_id=document.id) for one in fresh.values()
    )
    _write_sheet(session, [one for place, one in fresh.items() if place not in later])
    session.flush()


def correct(
    scope: Scope, subject: Subject, entity_id: str, field: str, value: Any, reason: str, account_id: str
) -> None:
    """Add a value that somebody of the office knows to be right, from now on; raises `NotHere` and `NotThisShape`."""
    session = db.session()
    dwelling_id = place_of(scope, subject, entity_id)
    shape = FIELDS[subject].get(field)
    if shape is None:
        raise NotHere(field)
    if not shape(value) or value == "" or not reason:
        raise NotThisShape(field)
    now, one = datetime.now(UTC), Told(subject, entity_id, field, value)
    session.add(_value(scope.landlord_id, dwelling_id, one, now, now, account_id=account_id, reason=reason))
    _write_sheet(session, [one])
    audit.record(
        session, f"account:{account_id}", "record.corrected", subject, entity_id, scope.landlord_id, field=field
    )
    _tell_in(session, scope.landlord_id, dwelling_id, [one])
    session.commit()


def place_of(scope: Scope, subject: Subject, entity_id: str) -> str:
    """The dwelling in scope that a thing or a person belongs to; raises `NotHere`."""
    found: str | None = db.session.scalar(
        select(Dwelling.id).where(Dwelling.id.in_(_dwelling_of(subject, entity_id)), *own_dwellings(scope))
    )
    if found is None:
        raise NotHere(entity_id)
    return found


def _dwelling_of(subject: Subject, entity_id: str) -> Any:
    if subject is Subject.ELEMENT:
        return select(Room.dwelling_id).join(Element, Element.room_id == Room.id).where(Element.id == entity_id)
    if subject is Subject.TENANCY:
        return select(Tenancy.dwelling_id).where(Tenancy.id == entity_id)
    if subject is Subject.PARTY:
        of = select(Tenancy.dwelling_id).join(TenancyParty, TenancyParty.tenancy_id == Tenancy.id)
        return of.where(TenancyParty.id == entity_id)
    table = SHEETS[subject]
    return select(table.dwelling_id).where(table.id == entity_id)


def _known(session: Session, row: Inventory) -> set[str]:
    """The stable things of a dwelling and its lease; what only this inventory knows stays in its document."""
    found = {row.tenancy_id}
    found.update(session.scalars(select(TenancyParty.id).where(TenancyParty.tenancy_id == row.tenancy_id)))
    rooms = select(Room.id).where(Room.dwelling_id == row.dwelling_id)
    found.update(session.scalars(select(Element.id).where(Element.room_id.in_(rooms))))
    for table in SHEETS.values():
        found.update(session.scalars(select(table.id).where(table.dwelling_id == row.dwelling_id)))
    return found


def _places(session: Session, inventory_id: str) -> Iterable[tuple[str, str]]:
    rows = session.execute(
        select(RecordValue.entity_id, RecordValue.field).where(RecordValue.inventory_id == inventory_id)
    )
    return [(entity_id, field) for entity_id, field in rows]


def _later(session: Session, dwelling_id: str, since: datetime) -> set[tuple[str, str]]:
    rows = session.execute(
        select(RecordValue.entity_id, RecordValue.field).where(
            RecordValue.dwelling_id == dwelling_id, RecordValue.since > since
        )
    )
    return {(entity_id, field) for entity_id, field in rows}


def _value(
    landlord_id: str,
    dwelling_id: str,
    one: Told,
    since: datetime,
    now: datetime,
    *,
    inventory_id: str | None = None,
    document_id: str | None = None,
    account_id: str | None = None,
    reason: str = "",
) -> RecordValue:
    return RecordValue(
        id=new_id(),
        landlord_id=landlord_id,
        dwelling_id=dwelling_id,
        subject=one.subject,
        entity_id=one.entity_id,
        field=one.field,
        value=canonical.dumps(one.value).decode(),
        since=since,
        inventory_id=inventory_id,
        document_id=document_id,
        account_id=account_id,
        reason=reason,
        written_at=now,
    )


def _tell_in(session: Session, landlord_id: str, dwelling_id: str, values: Iterable[Told]) -> None:
    """Let other systems hear what was corrected; what is a person's and the reason, which may name one, stay here."""
    agency_of = select(Building.agency_id).join(Dwelling, Dwelling.building_id == Building.id)
    agency_id = session.scalars(agency_of.where(Dwelling.id == dwelling_id)).one()
    for one in values:
        told_value = None if one.subject is Subject.PARTY else one.value
        data = {"dwelling_id": dwelling_id, "subject": one.subject.value, "field": one.field, "value": told_value}
        outgoing.publish_in(session, landlord_id, agency_id, "record.corrected", one.entity_id, data)


def _write_sheet(session: Session, values: Iterable[Told]) -> None:
    """Bring the dwelling sheet along, so that the next inventory starts from what is true today."""
    for one in values:
        table = HELD.get(one.subject)
        if table is not None and hasattr(table, one.field):
            value = date.fromisoformat(one.value) if one.field in DAYS else one.value
            setattr(session.get_one(table, one.entity_id), one.field, value)
