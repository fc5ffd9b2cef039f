"""What a signed exit may cost: one proposal for each change, before anybody speaks of causes and prices."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from fieldapp.domain.condition import State
from fieldapp.domain.local_day import day
from fieldapp.domain.price_list import MISSING
from fieldapp.domain.wear import EntryInventory

Json = Mapping[str, Any]


class Aspect(StrEnum):
    """What of a thing changed; each is a line of its own, with its own price."""

    STATE = "state"
    CLEANLINESS = "cleanliness"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line to be assessed; everything in it stands in the signed record.

    `kind` is the catalogue's, "" when nobody knows it any more. States are those the gates compare: what does not
    work any more is `out_of_order`, what is missing goes from `good` to `absent`, what is to be cleaned from `good` to
    `poor`. `missing` counts what was not given back. After works the entry's state says nothing: `replaced`, since
    `started_on`. `before` and `after` are what both inventories say, photographs are marks.
    """

    subject_id: str
    subject_kind: str
    aspect: Aspect
    kind: str
    ref: str
    label: str
    entry_state: State | None
    exit_state: State | None
    before: str
    after: str
    material: str = ""
    defects: tuple[str, ...] = ()
    missing: int = 0
    replaced: bool = False
    started_on: date | None = None
    entry_photos: tuple[str, ...] = ()
    exit_photos: tuple[str, ...] = ()

    @property
    def line_id(self) -> str:
        """What names the line for as long as the record exists."""
        return f"{self.subject_id}.{self.aspect.value}"


def entry_inventory(record: Json) -> EntryInventory:
    """Whether the exit has an entry to be compared with."""
    origin = record["entry"]["origin"]
    if origin == "obstructed":
        return EntryInventory.OBSTRUCTED_BY_LANDLORD
    return EntryInventory.NO if origin == "none" else EntryInventory.YES


def proposals(record: Json, gone: Mapping[str, str]) -> list[Proposal]:
    """The lines of a move-out, in the order of its rooms, then keys and equipment.

    `gone` has the kinds of what only the entry had, by id: the record names such things without their codes.
    """
    return list(_all(record, gone))


def gone_ids(record: Json) -> list[str]:
    """What the entry had and the exit no longer has at all."""
    removed = record["removed"]
    rooms = [*(room["removed"] for room in record["rooms"]), *(room["elements"] for room in removed["rooms"])]
    return [one["id"] for things in (*rooms, removed["keys"], removed["equipment"]) for one in things]


def _all(record: Json, gone: Mapping[str, str]) -> Iterator[Proposal]:
    for room in record["rooms"]:
        for element in room["elements"]:
            yield from _element(room["label"], element)
        yield from (_gone(f"{room['label']}, {_lower(one['label'])}", "element", one, gone) for one in room["removed"])
    for room in record["removed"]["rooms"]:
        yield from (_gone(f"{room['label']}, {_lower(one['label'])}", "element", one, gone) for one in room["elements"])
    for key in record["keys"]:
        yield from _key(key)
    for thing in record["equipment"]:
        yield from _equipment(thing)
    for table, kind in (("keys", "key"), ("equipment", "equipment")):
        yield from (_gone(_named(one), kind, one, gone) for one in record["removed"][table])


def _element(room: str, element: Json) -> Iterator[Proposal]:
    label = f"{room}, {_lower(element['label'])}"
    entry, differences = element["entry"] or {}, element["differences"]
    change = element["change"]
    if change == "changed" and "state" in differences and element["state"] == State.ABSENT:
        seen = _line(label, element, Aspect.STATE, _state(entry), State.ABSENT)
        yield replace(seen, defects=(MISSING,), missing=entry.get("quantity") or 1)
        return
    if change == "changed" and _fewer(entry, element):
        yield _missing(label, "element", element, entry["quantity"] - element["quantity"])
    if change == "changed" and "cleanliness" in differences and element["cleanliness"] == "to_clean":
        yield _line(label, element, Aspect.CLEANLINESS, State.GOOD, State.POOR)
    if (change == "changed" and set(differences) - {"quantity", "cleanliness"}) or (
        change in {"replaced", "not_comparable"} and _looks_bad(element)
    ):
        yield _line(label, element, Aspect.STATE, None if change == "replaced" else _state(entry), _state(element))


def _line(label: str, element: Json, aspect: Aspect, before: State | None, after: State | None) -> Proposal:
    entry, works = element["entry"] or {}, element["works"]
    return Proposal(
        subject_id=element["id"],
        subject_kind="element",
        aspect=aspect,
        kind=element["kind"],
        ref=element["ref"],
        label=label,
        entry_state=before,
        exit_state=after,
        before=_said(entry),
        after=_said(element),
        material=element["material"],
        defects=tuple(element["defects"]),
        replaced=works is not None,
        started_on=day(works["on"]) if works else None,
        entry_photos=tuple(entry.get("photos") or ()),
        exit_photos=tuple(element["photos"]),
    )


def _key(key: Json) -> Iterator[Proposal]:
    lacking = key["lacking"]
    if lacking is not None and lacking > 0:
        yield _missing(_named(key), "key", key, lacking)


def _missing(label: str, kind: str, thing: Json, count: int) -> Proposal:
    entry = thing["entry"] or {}
    return Proposal(
        subject_id=thing["id"],
        subject_kind=kind,
        aspect=Aspect.QUANTITY,
        kind=thing["kind"],
        ref=thing.get("ref", ""),
        label=label,
        entry_state=State.GOOD,
        exit_state=State.ABSENT,
        before=str(entry.get("quantity") or ""),
        after=str(thing["quantity"]),
        defects=(MISSING,),
        missing=count,
        entry_photos=tuple(entry.get("photos") or ()),
        exit_photos=tuple(thing["photos"]),
    )


def _equipment(thing: Json) -> Iterator[Proposal]:
    entry, differences = thing["entry"] or {}, thing["differences"]
    if "present" in differences and thing["present"] is False:
        after = State.ABSENT
    elif "tested" in differences and thing["tested"] == "fails":
        after = State.OUT_OF_ORDER
    else:
        return
    yield Proposal(
        subject_id=thing["id"],
        subject_kind="equipment",
        aspect=Aspect.STATE,
        kind=thing["kind"],
        ref="",
        label=_named(thing),
        entry_state=State.GOOD,
        exit_state=after,
        before=str(entry.get("tested_label") or ""),
        after=str(thing["tested_label"]),
        defects=(MISSING,) if after is State.ABSENT else (),
        missing=int(after is State.ABSENT),
        started_on=day(thing["installed_on"]),
        entry_photos=tuple(entry.get("photos") or ()),
        exit_photos=tuple(thing["photos"]),
    )


def _gone(label: str, kind: str, entry: Json, kinds: Mapping[str, str]) -> Proposal:
    """What the entry had and the exit no longer has at all."""
    return Proposal(
        subject_id=entry["id"],
        subject_kind=kind,
        aspect=Aspect.STATE,
        kind=kinds.get(entry["id"], ""),
        ref=entry.get("ref", ""),
        label=label,
        entry_state=_state(entry) if kind == "element" else State.GOOD,
        exit_state=State.ABSENT,
        before=_said(entry),
        after="",
        material=entry.get("material", ""),
        defects=(MISSING,),
        missing=entry.get("quantity") or 1,
        entry_photos=tuple(entry.get("photos") or ()),
    )


def _state(said: Json) -> State | None:
    """The state that the gates compare; None when nobody said one, or in words that exist no longer."""
    if said.get("working") == "no":
        return State.OUT_OF_ORDER
    try:
        return State(said.get("state") or "")
    except ValueError:
        return None


def _looks_bad(element: Json) -> bool:
    """Whether what cannot be compared is worth a person's look: not when neither inventory has seen it."""
    state = _state(element)
    if state is State.NOT_CHECKED and _state(element["entry"] or {}) is State.NOT_CHECKED:
        return bool(element["defects"])
    return bool(element["defects"]) or state not in {State.NEW, State.GOOD, None}


def _fewer(entry: Json, element: Json) -> bool:
    before, after = entry.get("quantity"), element["quantity"]
    return type(before) is int and type(after) is int and after < before


def _said(thing: Json) -> str:
    """The state, defects and words of one side."""
    parts = [
        thing.get("state_label"),
        *(thing.get("defect_labels") or ()),
        thing.get("cleanliness_label"),
        thing.get("note"),
    ]
    return ", ".join(_tail(part for part in parts if part))


def _tail(parts: Iterable[str]) -> list[str]:
    first, *rest = [*parts] or [""]
    return [first, *(_lower(part) for part in rest)] if first else []


def _named(thing: Json) -> str:
    """A key or a piece of equipment by its label and what it opens."""
    name: str = thing["label"] or thing.get("kind_label", "")
    opens = thing.get("destination") or thing.get("place") or ""
    return f"{name}, {_lower(opens)}" if opens else name


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
