"""The shapes that JSON values may have: small predicates that are put together into larger ones."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Shape = Callable[[Any], bool]
"""Tells whether a JSON value has the shape; never raises."""

_CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def code(value: Any) -> bool:
    """A word of the catalogue: lower-case letters, digits and underscores."""
    return _matches(_CODE, value)


def uuid(value: Any) -> bool:
    """A lower-case UUID."""
    return _matches(_UUID, value)


def sha256(value: Any) -> bool:
    """A SHA-256 in lower-case hexadecimal."""
    return _matches(_SHA256, value)


def day(value: Any) -> bool:
    """A day of the calendar, `2026-11-21`."""
    return _matches(_DAY, value) and _exists(date.fromisoformat, value)


def moment(value: Any) -> bool:
    """A UTC moment to the millisecond, `2026-11-21T09:30:00.000Z`."""
    return _matches(_MOMENT, value) and _exists(datetime.fromisoformat, value)


def text(most: int, least: int = 0) -> Shape:
    """Text of so many characters, without control characters other than tabs and line ends."""
    return lambda value: isinstance(value, str) and least <= len(value) <= most and _CONTROL.search(value) is None


def whole(least: int, most: int) -> Shape:
    """A whole number between two bounds, both allowed."""
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def one_of(choices: type[StrEnum]) -> Shape:
    """A value of the enumeration."""
    known = frozenset(choice.value for choice in choices)
    return lambda value: isinstance(value, str) and value in known


def word(*known: str) -> Shape:
    """One of these words."""
    return lambda value: isinstance(value, str) and value in known


def maybe(shape: Shape) -> Shape:
    """The shape, or null."""
    return lambda value: value is None or shape(value)


def many(shape: Shape, most: int) -> Shape:
    """A list of at most so many values of the shape."""
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(shape, value))


def thing(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """An object with exactly these members."""
    known = {**required, **(optional or {})}

    def fits(value: Any) -> bool:
        return (
            isinstance(value, dict)
            and value.keys() >= required.keys()
            and all(name in known and known[name](item) for name, item in value.items())
        )

    return fits


def anything(value: Any) -> bool:
    """Any object; only for what the server itself writes."""
    return isinstance(value, dict)


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _exists(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True
