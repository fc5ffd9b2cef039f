"""The wear grid of a collective agreement: how the part of a price that is still owed falls with age."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from fieldapp.domain.money import decimal, plain
from fieldapp.domain.wear_subject import subject

WHOLE_PRICE = Decimal(100)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One kind of element: `life` and `franchise` in whole years, `rate` and `floor` in percent of the price.

    Décret 2016-382, art. 4: a grid holds at least a theoretical life and a yearly abatement.
    """

    element_kind: str
    label: str
    life: int
    franchise: int
    rate: Decimal
    floor: Decimal

    def share(self, age: int) -> Decimal:
        """The part of the price still owed, in percent, at an age in complete years."""
        if age <= self.franchise:
            return WHOLE_PRICE
        if age >= self.life:
            return self.floor
        return max(self.floor, WHOLE_PRICE - self.rate * (age - self.franchise))

    @property
    def reached(self) -> Decimal:
        """What the yearly rate leaves at the end of the life, in percent; below zero in some published grids."""
        return WHOLE_PRICE - self.rate * (self.life - self.franchise)

    @property
    def follows(self) -> bool:
        """Whether the floor follows from life, franchise and rate; a row where it does not is kept, with a warning."""
        return self.reached == self.floor

    def as_json(self) -> dict[str, Any]:
        """The row as it travels to the tablet; percents as decimal text, `subject` for the explaining sentence."""
        return {
            "element_kind": self.element_kind,
            "label": self.label,
            "life_years": self.life,
            "franchise_years": self.franchise,
            "annual_rate_percent": plain(self.rate),
            "floor_percent": plain(self.floor),
            "subject": subject(self.element_kind, self.label),
        }


@dataclass(frozen=True, slots=True)
class WearGrid:
    """The rows of a grid by element kind; `wears_losses` when the agreement lets what was lost lose value too."""

    rows: Mapping[str, GridRow]
    wears_losses: bool = False

    @classmethod
    def of(cls, rows: Iterable[GridRow], *, wears_losses: bool = False) -> "WearGrid":
        """A grid of these rows; the file reader has seen that no kind comes twice."""
        return cls({row.element_kind: row for row in rows}, wears_losses)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "WearGrid":
        """The grid that `as_json` wrote."""
        rows = (
            GridRow(
                row["element_kind"],
                row["label"],
                row["life_years"],
                row["franchise_years"],
                decimal(row["annual_rate_percent"]),
                decimal(row["floor_percent"]),
            )
            for row in document["rows"]
        )
        return cls.of(rows, wears_losses=document["wears_losses"])

    def as_json(self) -> dict[str, Any]:
        """The grid as it travels to the tablet and is kept with an assessment."""
        return {"rows": [row.as_json() for row in self.rows.values()], "wears_losses": self.wears_losses}

    @property
    def doubtful(self) -> list[GridRow]:
        """The rows whose floor does not follow from life, franchise and rate: to be shown at import, and kept."""
        return [row for row in self.rows.values() if not row.follows]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The collective agreement that a grid comes from; `ends_on` None while it is in force, `version` counts imports."""

    title: str
    signatories: tuple[str, ...]
    perimeter: str
    signed_on: date
    starts_on: date
    ends_on: date | None
    version: int

    def in_force(self, day: date) -> bool:
        """Whether it applies on a day; both ends count."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def curve(row: GridRow) -> list[tuple[int, Decimal]]:
    """(age, share in percent) for every age from new to the first at which nothing changes any more."""
    return [(age, row.share(age)) for age in range(max(row.life, row.franchise + 1) + 1)]
