"""What the office reads of one inventory: frozen values, of which a page may say everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """One photograph: where it belongs, and whether it may be shown (`safe`), is `pending`, `missing` or `unusable`.

    `marks` are the SVG paths that are laid over it, in the `box` of its shape.
    """

    mark: str
    id: str
    sha256: str
    label: str
    caption: str
    taken_at: str
    width: int
    height: int
    status: str
    reason: str | None
    box: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignedAct:
    """What one party decided; `path` is the drawn signature as an SVG path in a 3000 × 1150 box.

    `also_for` holds the party id of the spouse for whom it was signed too.
    """

    party_id: str
    also_for: tuple[str, ...]
    name: str
    quality: str
    decision: str
    consent: str
    remarks: tuple[tuple[str, str], ...]
    path: str
    typed_name: str
    reason: str
    witnesses: str
    at: str


@dataclass(frozen=True, slots=True)
class Alert:
    """A danger or an indecency that was raised; without a decision the signature waits."""

    id: str
    reason: str
    text: str
    about: str
    at: str
    decision: Json | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two devices wrote one field: the value that was kept and the one that lost, each with its tablet."""

    id: int
    about: str
    field: str
    kept: object
    kept_by: str
    lost: object
    lost_by: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """An operation that the server did not take, and why."""

    code: str
    about: str
    field: str
    value: object
    tablet: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class WrongClock:
    """A tablet whose clock is off: `drift` is tablet minus server, as last seen."""

    tablet: str
    drift: timedelta


@dataclass(frozen=True, slots=True)
class Handing:
    """One handing over of a copy, as the journal of the inventory has it."""

    party_id: str
    channel: str
    at: str
    to: str
    done: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A party with what is needed to reach it; the record that is signed holds neither e-mail nor telephone."""

    id: str
    name: str
    quality: str
    quality_label: str
    email: str
    handings: tuple[Handing, ...]

    @property
    def has_copy(self) -> bool:
        """Whether a copy was handed to this person."""
        return any(handing.done for handing in self.handings)


@dataclass(frozen=True, slots=True)
class Report:
    """The sealed PDF: its hash and level as they were written when it was sealed."""

    sha256: str
    bytes: int
    sealed_at: datetime
    level: str


@dataclass(frozen=True, slots=True)
class File:
    """Everything about one inventory; `record` is the document in the reader's language."""

    id: str
    landlord_id: str
    number: str
    kind: str
    state: str
    outcome: str | None
    record_sha256: str | None
    started_at: datetime | None
    closed_at: datetime | None
    sealed_at: datetime | None
    agent: str
    record: Json
    pictures: tuple[Picture, ...]
    acts: tuple[SignedAct, ...]
    alerts: tuple[Alert, ...]
    disagreements: tuple[Disagreement, ...]
    refusals: tuple[Refusal, ...]
    people: tuple[Person, ...]
    report: Report | None
    tablets: tuple[str, ...]
    wrong_clocks: tuple[WrongClock, ...]

    @property
    def missing(self) -> tuple[Picture, ...]:
        """Photographs that have not arrived, or cannot be used."""
        return tuple(picture for picture in self.pictures if picture.status in {"missing", "unusable"})

    @property
    def to_look_at(self) -> tuple[tuple[Json, Json], ...]:
        """The rooms and elements that are not simply in good order: worn, broken, unchecked, with a defect or a promise."""
        return tuple(
            (room, element) for room in self.record["rooms"] for element in room["elements"] if _stands_out(element)
        )

    @property
    def changes(self) -> tuple[tuple[Json, Json], ...]:
        """What a reader looks at first: at an exit what became otherwise, at an entry what is not in good order."""
        if "entry" not in self.record:
            return self.to_look_at
        return tuple(
            (room, element) for room in self.record["rooms"] for element in room["elements"] if _turned(element)
        )

    @property
    def names(self) -> Mapping[str, str]:
        """What a room, an element or a photograph is called."""
        called = {room["id"]: room["label"] for room in self.record["rooms"]}
        for room in self.record["rooms"]:
            called |= {one["id"]: f"{room['label']}, {one['label'].lower()}" for one in room["elements"]}
        return called | {picture.id: picture.label for picture in self.pictures}

    def pictures_of(self, marks: Sequence[str]) -> list[Picture]:
        """The photographs with these marks, in their order."""
        return [picture for picture in self.pictures if picture.mark in marks]

    def pictures_before(self, marks: Sequence[str]) -> list[Json]:
        """The entry's photographs with these marks, as the record of this exit names them."""
        known = {photo["mark"]: photo for photo in (self.record.get("entry") or {}).get("photos", ())}
        return [known[mark] for mark in marks if mark in known]


def _turned(element: Json) -> bool:
    if element["change"] == "not_comparable":
        return _stands_out(element)
    return bool(element["change"] != "same")


def _stands_out(element: Json) -> bool:
    return bool(
        element["state"] not in {None, "new", "good", "absent"}
        or element["defects"]
        or element["working"] == "no"
        or element["cleanliness"] == "to_clean"
        or element["promise"]
    )
