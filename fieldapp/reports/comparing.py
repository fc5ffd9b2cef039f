"""What a move-out's templates show beside a move-in's: the changes as cards, and the photographs of both sides."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fieldapp.reports.printed import CARDS, entry_mark

Json = dict[str, Any]


def compared(record: Json, photos: Mapping[str, Json], galleries: Mapping[str, list[Json]]) -> Json:
    """`cards` in the order of the rooms, and `galleries` without what the cards already show.

    `photos` gives each printed photograph by its mark; each is printed once. A card shows the first photograph of either
    side, what is left of them follows in the card's own row. `entry_marks` says under which mark one of the entry stands.
    """
    left = dict(photos)
    cards = list(_cards(record, left))
    return {
        "cards": cards,
        "galleries": {
            place: [*_taken(left, _of_entry(record, place)), *(photo for photo in found if photo["mark"] in left)]
            for place, found in galleries.items()
        },
        "moved": sum(record["counts"][change] for change in (*CARDS, "removed")),
        "entry_marks": {mark: entry_mark(mark) for mark in _entry_marks(record) if entry_mark(mark) in photos},
    }


def _taken(left: dict[str, Json], marks: Iterable[str]) -> list[Json]:
    """The photographs with these marks that are printed nowhere yet."""
    return [left.pop(mark) for mark in marks if mark in left]


def _of_entry(record: Json, place: str) -> Iterator[str]:
    for room in record["rooms"]:
        if room["id"] == place:
            yield from (entry_mark(mark) for source in room["from"] for mark in source["photos"])


def _entry_marks(record: Json) -> Iterator[str]:
    return (photo["mark"] for photo in record["entry"]["photos"])


def _cards(record: Json, left: dict[str, Json]) -> Iterator[Json]:
    for room in record["rooms"]:
        for element in room["elements"]:
            if element["change"] in CARDS:
                yield _card(room["label"], element, left)
        for column in room["removed"]:
            yield _gone(record, room["label"], column, left)
    for room in record["removed"]["rooms"]:
        yield _gone_room(record, room, left)


def _card(room: str, element: Json, left: dict[str, Json]) -> Json:
    column = element["entry"]
    before = [entry_mark(mark) for mark in column["photos"]] if column else []
    return {
        "room": room,
        "label": element["label"],
        "ref": element["ref"],
        "change": element["change"],
        "change_label": element["change_label"],
        "entry": column,
        "exit": element,
        "works": element["works"],
        "elements": [],
        **_pictures(_taken(left, before), _taken(left, element["photos"])),
    }


def _gone_room(record: Json, room: Json, left: dict[str, Json]) -> Json:
    """One card for a room that is gone, whatever it held: its elements are in its table."""
    marks = [*room["photos"], *(mark for column in room["elements"] for mark in column["photos"])]
    return {
        "room": room["label"],
        "label": "",
        "ref": "",
        "change": "removed",
        "change_label": record["labels"]["changes"].get("removed", ""),
        "entry": None,
        "exit": None,
        "works": None,
        "elements": [column["label"] for column in room["elements"]],
        **_pictures(_taken(left, map(entry_mark, marks)), []),
    }


def _gone(record: Json, room: str, column: Json, left: dict[str, Json]) -> Json:
    marks = [entry_mark(mark) for mark in column["photos"]]
    return {
        "room": room,
        "label": column["label"],
        "ref": column["ref"],
        "change": "removed",
        "change_label": record["labels"]["changes"].get("removed", ""),
        "entry": column,
        "exit": None,
        "works": None,
        "elements": [],
        **_pictures(_taken(left, marks), []),
    }


def _pictures(before: list[Json], after: list[Json]) -> Json:
    return {
        "before": before[0] if before else None,
        "after": after[0] if after else None,
        "more": [*before[1:], *after[1:]],
    }
