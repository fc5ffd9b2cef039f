"""Wear (vétusté): which part of a repair's price the tenant owes, and which lines a person has to decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from fieldapp.domain.cause import NOT_THE_TENANTS, Cause
from fieldapp.domain.condition import State, is_worse
from fieldapp.domain.deadline import months_after
from fieldapp.domain.money import plain, rounded
from fieldapp.domain.tenancy import euros
from fieldapp.domain.wear_grid import WHOLE_PRICE, GridRow, WearGrid


class EntryInventory(StrEnum):
    """Whether there is a move-in inventory to compare with."""

    YES = "yes"
    NO = "no"
    OBSTRUCTED_BY_LANDLORD = "obstructed_by_landlord"


class Outcome(StrEnum):
    """Whether the line has an amount, 0.00 included, or waits for a person."""

    DUE = "due"
    TO_ASSESS = "to_assess"


class Reason(StrEnum):
    """What decided a line: which gate stopped it, or which branch of the formula gave its share."""

    NOT_WORSE = "not_worse"
    NORMAL_WEAR = "normal_wear"
    CONSTRUCTION_DEFECT = "construction_defect"
    FORCE_MAJEURE = "force_majeure"
    THIRD_PARTY = "third_party"
    LANDLORD_FAULT = "landlord_fault"
    LANDLORD_WORKS = "landlord_works"
    LANDLORD_OBSTRUCTED = "landlord_obstructed"

    NO_ENTRY_INVENTORY = "no_entry_inventory"
    ENTRY_MISSING = "entry_missing"
    ENTRY_NOT_CHECKED = "entry_not_checked"
    EXIT_MISSING = "exit_missing"
    EXIT_NOT_CHECKED = "exit_not_checked"
    EXIT_ABSENT = "exit_absent"
    CAUSE_MISSING = "cause_missing"
    INCIDENT = "incident"
    PRICE_MISSING = "price_missing"
    NO_GRID_ROW = "no_grid_row"
    AGE_UNKNOWN = "age_unknown"

    LOSS = "loss"
    WITHIN_FRANCHISE = "within_franchise"
    BY_RATE = "by_rate"
    FLOOR_REACHED = "floor_reached"
    PAST_LIFE = "past_life"


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One change or loss, as the landlord assesses it.

    `net`: euros before tax, exact to four decimals (a quantity in hundredths times a price in cents); None until somebody
    chose a price. `vat`: percent.
    `started_on`: first letting, the landlord's last renewal, or the departure of the tenant who renewed it with proof;
    None when nobody knows. `ended_on`: the day on which the keys came back. After works during the tenancy, entry
    state and start are those of their acceptance record; without one the entry state is None. Something counted, such
    as a key, that was handed over and not given back goes from `good` to `absent`. A cause is None until somebody
    gave it.
    """

    line_id: str
    element_kind: str
    started_on: date | None
    ended_on: date | None
    net: Decimal | None
    vat: Decimal
    entry_state: State | None
    exit_state: State | None
    cause: Cause | None
    entry_inventory: EntryInventory = EntryInventory.YES


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a line comes to: `age` in complete years, `share` in percent, `gross` and `due` in cents.

    Age and share are None where a gate stopped the line before any arithmetic, `due` where a person has to decide.
    """

    line_id: str
    age: int | None
    share: Decimal | None
    gross: int
    due: int | None
    outcome: Outcome
    reason: Reason

    def as_json(self) -> dict[str, Any]:
        """The assessment in documents: amounts and percents as decimal text."""
        return {
            "line_id": self.line_id,
            "age": self.age,
            "share_percent": None if self.share is None else plain(self.share),
            "gross": euros(self.gross),
            "due": None if self.due is None else euros(self.due),
            "outcome": self.outcome.value,
            "reason": self.reason.value,
        }


def assess(line: ChargeLine, grid: WearGrid) -> Assessment:
    """Pass a line through the gates, then the formula; amounts are rounded half up, once each.

    Loi 89-462, art. 7; décret 2016-382, art. 4; code civil, art. 1730 to 1732.
    """
    gross = 0 if line.net is None else rounded(line.net * (100 + line.vat))

    def nothing(reason: Reason) -> Assessment:
        return Assessment(line.line_id, None, None, gross, 0, Outcome.DUE, reason)

    def undecided(reason: Reason) -> Assessment:
        return Assessment(line.line_id, None, None, gross, None, Outcome.TO_ASSESS, reason)

    def owed(age: int | None, share: Decimal, reason: Reason) -> Assessment:
        return Assessment(line.line_id, age, share, gross, rounded(gross * share / 100), Outcome.DUE, reason)

    if free := _free_because(line):
        return nothing(free)
    if unclear := _unclear_because(line):
        return undecided(unclear)
    if line.net is None:
        return undecided(Reason.PRICE_MISSING)
    if line.cause is Cause.LOSS and not grid.wears_losses:
        return owed(None, WHOLE_PRICE, Reason.LOSS)
    row = grid.rows.get(line.element_kind)
    if row is None:
        return undecided(Reason.NO_GRID_ROW)
    age = age_at(line.started_on, line.ended_on)
    if age is None:
        return undecided(Reason.AGE_UNKNOWN)
    return owed(age, row.share(age), _branch(row, age))


def total(assessments: Iterable[Assessment]) -> int:
    """The sum of the rounded lines, in cents; what a person still has to decide counts for nothing."""
    return sum(assessment.due or 0 for assessment in assessments)


def age_at(started_on: date | None, ended_on: date | None) -> int | None:
    """Complete years between two days; None when either is unknown or they stand in the wrong order.

    The anniversary counts; what started on 29 February has its anniversary on the last day of February (CPC, art. 641).
    """
    if started_on is None or ended_on is None or ended_on < started_on:
        return None
    years = ended_on.year - started_on.year
    return years if months_after(started_on, 12 * years) <= ended_on else years - 1


def _free_because(line: ChargeLine) -> Reason | None:
    if line.entry_state and line.exit_state and is_worse(line.entry_state, line.exit_state) is False:
        return Reason.NOT_WORSE
    if line.cause in NOT_THE_TENANTS:
        return Reason(line.cause)
    if line.entry_inventory is EntryInventory.OBSTRUCTED_BY_LANDLORD:
        return Reason.LANDLORD_OBSTRUCTED
    return None


def _unclear_because(line: ChargeLine) -> Reason | None:
    if line.entry_inventory is EntryInventory.NO:
        return Reason.NO_ENTRY_INVENTORY  # art. 1731 presumes good repair: for a judge, not for a machine
    if line.entry_state is None:
        return Reason.ENTRY_MISSING
    if line.entry_state is State.NOT_CHECKED:
        return Reason.ENTRY_NOT_CHECKED
    if line.exit_state is None:
        return Reason.EXIT_MISSING
    if line.exit_state is State.NOT_CHECKED:
        return Reason.EXIT_NOT_CHECKED
    if line.exit_state is State.ABSENT and line.cause is not Cause.LOSS:
        return Reason.EXIT_ABSENT
    if line.cause is None:
        return Reason.CAUSE_MISSING
    return Reason.INCIDENT if line.cause is Cause.INCIDENT else None


def _branch(row: GridRow, age: int) -> Reason:
    if age <= row.franchise:
        return Reason.WITHIN_FRANCHISE
    if age >= row.life:
        return Reason.PAST_LIFE
    return Reason.FLOOR_REACHED if row.share(age) == row.floor else Reason.BY_RATE
