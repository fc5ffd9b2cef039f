"""What a signed inventory tells the central record: states, dates, keys, and what became of the tenancy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from fieldapp.domain.local_day import moment
from fieldapp.domain.record_fields import FIELDS, Subject
from fieldapp.domain.settlement_deadline import deposit_due_by

Json = Mapping[str, Any]

_TABLES = {"equipment": Subject.EQUIPMENT, "keys": Subject.KEY, "meters": Subject.METER}


@dataclass(frozen=True, slots=True)
class Told:
    """One value of one thing, in the shape of `record_fields.FIELDS`."""

    subject: Subject
    entity_id: str
    field: str
    value: Any


def told(record: Json, tenancy_id: str) -> Iterator[Told]:
    """Everything that an inventory says; what it leaves open is not told, and the earlier value stays."""
    for room in record["rooms"]:
        for element in room["elements"]:
            yield from _said(Subject.ELEMENT, element)
            works = element.get("works")
            if works and works["on"]:
                yield Told(Subject.ELEMENT, element["id"], "renewed_on", works["on"])
    for table, subject in _TABLES.items():
        for thing in record[table]:
            yield from _said(subject, thing)
    if record["kind"] in _DATES:
        yield from (Told(Subject.TENANCY, tenancy_id, name, day) for name, day in _DATES[record["kind"]](record))
    for party in record["parties"]:
        address = (party.get("new_address") or {}).get("text")
        if address:
            yield Told(Subject.PARTY, party["id"], "new_address", address)


def _said(subject: Subject, thing: Json) -> Iterator[Told]:
    for field in FIELDS[subject]:
        value = thing.get(field)
        if value is not None and value != "" and (field != "defects" or thing["state"]):
            yield Told(subject, thing["id"], field, value)


def _entered(record: Json) -> Iterator[tuple[str, str]]:
    day = _day(record, "keys_handed_at") or _day(record, "established_at")
    if day:
        yield "entered_on", day


def _left(record: Json) -> Iterator[tuple[str, str]]:
    """The keys start the clock of the deposit; without them the tenant may have left, and no deadline runs."""
    keys = (record.get("keys_returned") or {}).get("on") or _day(record, "keys_handed_at")
    left = keys or _day(record, "established_at")
    if left:
        yield "left_on", left
    if keys:
        on = date.fromisoformat(keys)
        yield "keys_returned_on", keys
        yield "deposit_due_by", deposit_due_by(on, conforms=False).isoformat()
        yield "deposit_due_by_conforming", deposit_due_by(on, conforms=True).isoformat()


_DATES = {"move_in": _entered, "move_out": _left}


def _day(record: Json, name: str) -> str | None:
    """The day of a moment by the clock of the place."""
    at = moment(record[name])
    return None if at is None else at.astimezone(ZoneInfo(record["zone"])).date().isoformat()
