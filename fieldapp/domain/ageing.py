"""How old the parts of the stock are, and how many years the landlord's grid still gives them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from fieldapp.domain.price_list import PriceItem
from fieldapp.domain.wear import age_at
from fieldapp.domain.wear_grid import GridRow


@dataclass(frozen=True, slots=True)
class Part:
    """An element or a piece of equipment; `started_on` its renewal or else its installation, `life` in whole years.

    `state` is None while no inventory said it, `started_on` and `life` while nobody knows.
    """

    dwelling: str
    room: str
    kind: str
    label: str
    material: str
    state: str | None
    started_on: date | None
    life: int | None

    def age(self, today: date) -> int | None:
        """Complete years."""
        return age_at(self.started_on, today)

    def remaining(self, today: date) -> int | None:
        """Whole years until the end of its life, 0 at that end and after it."""
        age = self.age(today)
        return None if age is None or self.life is None else max(0, self.life - age)

    @property
    def ends_in(self) -> int | None:
        """The year in which its life ends."""
        return None if self.started_on is None or self.life is None else self.started_on.year + self.life


@dataclass(frozen=True, slots=True)
class Start:
    """From when the age of a thing counts: its renewal, or else when it was put in."""

    on: date
    renewed: bool


def start_by(installed: Iterable[date], renewed: Iterable[date], by: date) -> Start | None:
    """What was known to count on a day; days are what was said of each, the latest word last. None when nothing was.

    What came after that day says nothing of it: a floor laid once the tenant had gone was not the tenant's.
    """
    for said, is_renewal in ((renewed, True), (installed, False)):
        past = [day for day in said if day <= by]
        if past:
            return Start(past[-1], is_renewal)
    return None


@dataclass(frozen=True, slots=True)
class Group:
    """The parts of one kind: `dated` have an age, `lived` a remaining life; both means in years with one decimal."""

    kind: str
    count: int
    states: Mapping[str | None, int]
    dated: int
    oldest: int | None
    mean_age: Decimal | None
    lived: int
    ended: int
    mean_remaining: Decimal | None


def grouped(parts: Iterable[Part], today: date) -> list[Group]:
    """A group for each kind, those with most ended lives first."""
    kinds: dict[str, list[Part]] = {}
    for part in parts:
        kinds.setdefault(part.kind, []).append(part)
    found = [_group(kind, of_kind, today) for kind, of_kind in kinds.items()]
    return sorted(found, key=lambda group: (-group.ended, -(group.oldest or 0), group.kind))


def life_of(kind: str, material: str, items: Iterable[PriceItem], rows: Mapping[str, GridRow]) -> int | None:
    """The life of an element kind in a grid: its own row, else that of the works which the price list has for it.

    Where the works of several materials fit, the one whose row is called like the material; None when none is.
    """
    if kind in rows:
        return rows[kind].life
    wears = {item.wear_kind for item in items if kind in item.element_kinds and item.wear_kind in rows}
    if len(wears) > 1 and material:
        wears = {wear for wear in wears if rows[wear].label.casefold().startswith(material.casefold())}
    return rows[wears.pop()].life if len(wears) == 1 else None


def _group(kind: str, parts: Sequence[Part], today: date) -> Group:
    ages = [age for part in parts if (age := part.age(today)) is not None]
    left = [years for part in parts if (years := part.remaining(today)) is not None]
    return Group(
        kind=kind,
        count=len(parts),
        states=Counter(part.state for part in parts),
        dated=len(ages),
        oldest=max(ages, default=None),
        mean_age=_mean(ages),
        lived=len(left),
        ended=left.count(0),
        mean_remaining=_mean(left),
    )


def _mean(years: Sequence[int]) -> Decimal | None:
    return (Decimal(sum(years)) / len(years)).quantize(Decimal("0.1"), ROUND_HALF_UP) if years else None
