"""What differs between entry and exit, one code for each thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fieldapp.domain.entry import Entries, Origin
from fieldapp.domain.snapshot import Entity, filled
from fieldapp.domain.wording import Wording


class Change(StrEnum):
    """What became of a thing during the tenancy."""

    SAME = "same"
    CHANGED = "changed"
    CREATED = "created"
    REMOVED = "removed"
    REPLACED = "replaced"
    NOT_COMPARABLE = "not_comparable"


class Reason(StrEnum):
    """Why nothing can be concluded."""

    NO_ENTRY = "no_entry"
    MERGED = "merged"
    CATALOGUE = "catalogue"
    ENTRY_NOT_CHECKED = "entry_not_checked"
    NOT_CHECKED = "not_checked"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The code, why when nothing can be said, and on which axes both differ."""

    change: Change
    reason: Reason | None = None
    differences: tuple[str, ...] = ()


def _unsaid(reason: Reason) -> Comparison:
    return Comparison(Change.NOT_COMPARABLE, reason)


def _differing(differences: Iterable[str]) -> Comparison:
    found = tuple(differences)
    return Comparison(Change.CHANGED if found else Change.SAME, None, found)


def change_of(thing: Entity, entries: Entries, wording: Wording) -> Comparison:
    """Compare a living element, meter, key or equipment with what the entry says of its only source."""
    if thing.kind == "element" and isinstance(thing.value("works"), Mapping):
        return Comparison(Change.REPLACED)
    sources = entries.sources(thing)
    if not sources:
        return Comparison(Change.CREATED) if entries.origin is Origin.SEALED else _unsaid(Reason.NO_ENTRY)
    if len(sources) > 1:
        return _unsaid(Reason.MERGED)
    return _COMPARED[thing.kind](thing, sources[0][1], wording)


def _element(thing: Entity, entry: Mapping[str, Any], wording: Wording) -> Comparison:
    before = _today(wording, "states", entry.get("state"))
    after = thing.value("state")
    defects = [_today(wording, "defects", code) for code in _codes(entry.get("defects"))]
    if not isinstance(entry.get("state"), str):
        return _unsaid(Reason.NO_ENTRY)
    if before is None or None in defects:
        return _unsaid(Reason.CATALOGUE)
    if before == "not_checked":
        return _unsaid(Reason.ENTRY_NOT_CHECKED)
    if not isinstance(after, str):
        return _unsaid(Reason.NOT_SEEN)
    if after == "not_checked":
        return _unsaid(Reason.NOT_CHECKED)
    axes = {
        "state": before != after,
        "defects": set(defects) != set(_codes(thing.value("defects"))),
        "working": _turned(entry.get("working"), thing.value("working"), bad="no", unknown="not_tested"),
        "cleanliness": _turned(entry.get("cleanliness"), thing.value("cleanliness"), bad="to_clean"),
        "quantity": _counted_otherwise(entry.get("quantity"), thing.value("quantity")),
        "material": _other_material(entry.get("material"), thing.value("material"), wording),
    }
    return _differing(axis for axis, differs in axes.items() if differs)


def _meter(thing: Entity, entry: Mapping[str, Any], _wording: Wording) -> Comparison:
    before = entry.get("serial")
    if isinstance(before, str) and filled(before) and filled(thing.text("serial")) and before != thing.text("serial"):
        return Comparison(Change.REPLACED)
    return Comparison(Change.SAME)


def _key(thing: Entity, entry: Mapping[str, Any], _wording: Wording) -> Comparison:
    if not _whole(thing.value("quantity")):
        return _unsaid(Reason.NOT_SEEN)
    return _differing(["quantity"] if _counted_otherwise(entry.get("quantity"), thing.value("quantity")) else [])


def _equipment(thing: Entity, entry: Mapping[str, Any], _wording: Wording) -> Comparison:
    before, after = entry.get("present"), thing.value("present")
    if not isinstance(after, bool):
        return _unsaid(Reason.NOT_SEEN)
    axes = {
        "present": isinstance(before, bool) and before != after,
        "tested": _turned(entry.get("tested"), thing.value("tested"), bad="fails", unknown="not_tested"),
    }
    return _differing(axis for axis, differs in axes.items() if differs)


_COMPARED = {"element": _element, "meter": _meter, "key": _key, "equipment": _equipment}


def lacking(thing: Entity, entries: Entries) -> int | None:
    """How many keys of one sort the entry had more than came back; below zero when more came back; None when unknown."""
    sources = entries.sources(thing)
    if len(sources) != 1:
        return None
    before, after = sources[0][1].get("quantity"), thing.value("quantity")
    return before - after if _whole(before) and _whole(after) else None


def below_entry(thing: Entity, entries: Entries) -> bool | None:
    """Whether a meter stands lower than at the entry; None when it is another meter or a figure is missing."""
    sources = entries.sources(thing)
    if len(sources) != 1:
        return None
    entry = sources[0][1]
    if _meter(thing, entry, _NO_WORDS).change is not Change.SAME:
        return None
    pairs = [(reading(entry.get(index)), reading(thing.value(index))) for index in ("index", "index_low")]
    known = [after < before for before, after in pairs if before is not None and after is not None]
    return any(known) if known else None


_NO_WORDS = Wording({}, "fr")
_FIGURE = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,6}))?")
_SPACES = str.maketrans("", "", " \u00a0\u202f")


def reading(index: object) -> int | None:
    """A meter's index in millionths; None for what is no figure: `00482,137` is 482137000."""
    found = _FIGURE.fullmatch(index.translate(_SPACES)) if isinstance(index, str) else None
    return int(found[1]) * 1_000_000 + int((found[2] or "").ljust(6, "0")) if found else None


def _today(wording: Wording, table: str, code: object) -> str | None:
    """The code that today's catalogue has for an earlier one: itself, or the row that declares to replace it."""
    if not isinstance(code, str):
        return None
    if wording.row(table, code):
        return code
    for row in wording.rows(table):
        if code in (row.get("replaces") or ()):
            return str(row["code"])
    return None


def _codes(value: object) -> list[str]:
    return [code for code in value if isinstance(code, str)] if isinstance(value, list) else []


def _turned(before: object, after: object, *, bad: str, unknown: str = "") -> bool:
    """Whether one side is bad and the other is not; what was not tried on either side says nothing."""
    if unknown and unknown in (before, after):
        return False
    return (before == bad) != (after == bad)


def _whole(value: object) -> bool:
    return type(value) is int


def _counted_otherwise(before: object, after: object) -> bool:
    return _whole(before) and _whole(after) and before != after


def _other_material(before: object, after: object, wording: Wording) -> bool:
    if not (isinstance(before, str) and isinstance(after, str) and filled(before) and filled(after)):
        return False
    return wording.said(before, "materials") != wording.said(after, "materials")
