"""The fields of what other systems send and receive: each with the one form that it may have."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.inventory import InventoryKind

PLAIN = r"^[^\u0000-\u001f\u007f]*$"
"""Text without control characters."""

FILLED = r"^[^\u0000-\u001f\u007f]*[^\u0000-\u0020\u007f\u00a0][^\u0000-\u001f\u007f]*$"
"""The same with something to see in it."""

MONEY = r"^(0|[1-9][0-9]{0,6})\.[0-9]{2}$"
AREA = r"^(0\.0[1-9]|0\.[1-9][0-9]|[1-9][0-9]{0,5}\.[0-9]{2})$"
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


MADE_THERE = frozenset(kind.value for kind in InventoryKind)


def _with_inventory(kind: AppointmentKind) -> AppointmentKind:
    if kind.value not in MADE_THERE:
        raise ValueError("no inventory is made at such an appointment")
    return kind


def _whole(value: object) -> object:
    """`60.0` is a whole number too (JSON Schema, 6.1.1)."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _hundredths(text: str) -> int:
    return int(text.replace(".", ""))


def _moment(text: str) -> datetime:
    if MOMENT.fullmatch(text) is None:
        raise ValueError("a moment is written as in RFC 3339")
    found = datetime.fromisoformat(text.upper())
    if not EARLIEST <= found < LATEST:
        raise ValueError("the moment lies outside this century")
    return found


def _day(text: str) -> date:
    if DAY.fullmatch(text) is None:
        raise ValueError("a day is written as in RFC 3339")
    return date.fromisoformat(text)


Text10 = Annotated[str, StringConstraints(max_length=10, pattern=PLAIN)]
Text20 = Annotated[str, StringConstraints(max_length=20, pattern=PLAIN)]
Text120 = Annotated[str, StringConstraints(max_length=120, pattern=PLAIN)]
Text200 = Annotated[str, StringConstraints(max_length=200, pattern=PLAIN)]
Text300 = Annotated[str, StringConstraints(max_length=300, pattern=PLAIN)]
Name20 = Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=FILLED)]
Name30 = Annotated[str, StringConstraints(min_length=1, max_length=30, pattern=FILLED)]
Name80 = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=FILLED)]
Name120 = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=FILLED)]
Name300 = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=FILLED)]
Postcode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z -]{2,10}$")]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Index = Annotated[str, StringConstraints(pattern=r"^([0-9]{1,12}([.,][0-9]{1,3})?)?$")]
Money = Annotated[str, StringConstraints(pattern=MONEY)]
Cents = Annotated[str, StringConstraints(pattern=MONEY), AfterValidator(_hundredths)]
"""An amount in euros as text; in the database it is whole cents."""

Area = Annotated[str, StringConstraints(pattern=AREA)]
Hundredths = Annotated[str, StringConstraints(pattern=AREA), AfterValidator(_hundredths)]
"""An area in square metres as text; in the database it is whole hundredths."""

Moment = Annotated[
    str, AfterValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time", "pattern": "^20[0-9]{2}-"})
]
Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Minutes = Annotated[int, Field(ge=10, le=480), BeforeValidator(_whole)]
EnergyClass = Literal["A", "B", "C", "D", "E", "F", "G"]
InventoryAppointment = Annotated[
    AppointmentKind,
    AfterValidator(_with_inventory),
    WithJsonSchema({"type": "string", "enum": [kind.value for kind in AppointmentKind if kind.value in MADE_THERE]}),
]
"""The appointments at which an inventory is made."""
