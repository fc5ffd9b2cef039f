"""The whole stock as tables of its own: what meters counted and read, and how old every element is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from fieldapp.domain.ageing import grouped
from fieldapp.domain.condition import State
from fieldapp.domain.consumption import Read
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.services.condition_of_stock import condition
from fieldapp.services.meter_extract import Metered, metered
from fieldapp.services.register.stock import own_buildings
from fieldapp.services.scope import Scope

Row = tuple[Any, ...]
Rows = Callable[[Scope, date, date], Iterator[Row]]
"""The rows of what is in scope, between two days or at the last of them."""

Shape = Mapping[str, Any]

TEXT: Shape = {"type": "string"}
CODE: Shape = {"type": ["string", "null"]}
WHOLE: Shape = {"type": ["integer", "null"]}
EXACT: Shape = {"type": ["string", "null"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
DAY: Shape = {"type": ["string", "null"], "format": "date"}

METER: Mapping[str, Shape] = {
    "building": TEXT,
    "dwelling": TEXT,
    "detail": TEXT,
    "meter_kind": TEXT,
    "label": TEXT,
    "serial": TEXT,
    "place": TEXT,
    "point": TEXT,
}


@dataclass(frozen=True, slots=True)
class Extract:
    """A table that is put together: the JSON shape of each column, and what gives the rows."""

    columns: Mapping[str, Shape]
    rows: Rows

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of an array of its rows."""
        names = list(self.columns)
        item = {
            "type": "object",
            "required": names,
            "additionalProperties": False,
            "properties": dict(self.columns),
        }
        return {"type": "array", "items": item}


def _buildings(scope: Scope) -> list[str]:
    query = select(Building.id).where(*own_buildings(scope)).order_by(Building.reference, Building.id)
    return list(db.session.scalars(query))


def _meters(scope: Scope, first: date, last: date) -> Iterator[Metered]:
    """Building after building, so that what is held does not grow with the stock."""
    for building in _buildings(scope):
        yield from metered(scope, first, last, building)


def _about(one: Metered) -> Row:
    meter = one.meter
    return (
        one.building,
        one.dwelling,
        one.detail,
        meter.meter_kind,
        meter.label,
        meter.serial,
        meter.place,
        meter.point,
    )


def _consumption(scope: Scope, first: date, last: date) -> Iterator[Row]:
    for one in _meters(scope, first, last):
        said = one.consumption
        ends = (*_end(said.opening), *_end(said.closing))
        unit = next((read.unit for read in (said.closing, said.opening) if read), "")
        yield (*_about(one), *ends, said.total, said.low, unit, said.gap.value if said.gap else None)


def _end(read: Read | None) -> Row:
    return (None, "", "") if read is None else (read.on, read.index, read.document)


def _readings(scope: Scope, first: date, last: date) -> Iterator[Row]:
    for one in _meters(scope, first, last):
        for read in one.readings:
            said = (read.on, read.state, read.index, read.index_low, read.unit, read.serial, read.document)
            yield (*_about(one), *said)


def _condition(scope: Scope, _first: date, last: date) -> Iterator[Row]:
    for building in _buildings(scope):
        found = condition(scope, building, last)
        for part in found.parts if found else ():
            about = (part.dwelling, part.room, part.kind, part.label, part.material, part.state, part.started_on)
            yield (
                found.building if found else "",
                *about,
                part.age(last),
                part.life,
                part.remaining(last),
                part.ends_in,
            )


def _by_kind(scope: Scope, _first: date, last: date) -> Iterator[Row]:
    for building in _buildings(scope):
        found = condition(scope, building, last)
        for one in grouped(found.parts, last) if found else ():
            states = (one.states.get(state.value, 0) for state in State)
            left = (one.dated, one.mean_age, one.oldest, one.mean_remaining, one.ended, one.count - one.lived)
            yield (found.building if found else "", one.kind, one.count, *states, one.states.get(None, 0), *left)


EXTRACTS: Mapping[str, Extract] = {
    "consumption": Extract(
        {
            **METER,
            "opened_on": DAY,
            "opening_index": TEXT,
            "opening_document": TEXT,
            "closed_on": DAY,
            "closing_index": TEXT,
            "closing_document": TEXT,
            "total": EXACT,
            "low": EXACT,
            "unit": TEXT,
            "gap": CODE,
        },
        _consumption,
    ),
    "readings": Extract(
        {
            **METER,
            "read_on": DAY,
            "state": TEXT,
            "index": TEXT,
            "index_low": TEXT,
            "unit": TEXT,
            "serial_read": TEXT,
            "document": TEXT,
        },
        _readings,
    ),
    "condition": Extract(
        {
            "building": TEXT,
            "dwelling": TEXT,
            "room": TEXT,
            "kind": TEXT,
            "label": TEXT,
            "material": TEXT,
            "state": CODE,
            "started_on": DAY,
            "age": WHOLE,
            "life": WHOLE,
            "remaining": WHOLE,
            "ends_in": WHOLE,
        },
        _condition,
    ),
    "condition_by_kind": Extract(
        {
            "building": TEXT,
            "kind": TEXT,
            "count": WHOLE,
            **{state.value: WHOLE for state in State},
            "unknown": WHOLE,
            "dated": WHOLE,
            "mean_age": EXACT,
            "oldest": WHOLE,
            "mean_remaining": EXACT,
            "ended": WHOLE,
            "without_life": WHOLE,
        },
        _by_kind,
    ),
}
