"""What a meter counted between two days, from the readings that exist; never a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from fieldapp.domain.meter import MeterState


class Gap(StrEnum):
    """Why two readings give no consumption."""

    TOO_FEW = "too_few"
    NOT_A_NUMBER = "not_a_number"
    REPLACED = "replaced"
    OTHER_UNIT = "other_unit"
    BACKWARDS = "backwards"


@dataclass(frozen=True, slots=True)
class Read:
    """One reading: the indexes as they were written, `serial` empty when the document does not say it."""

    on: date
    state: str
    index: str
    index_low: str
    unit: str
    serial: str
    document: str


@dataclass(frozen=True, slots=True)
class Consumption:
    """What was counted from the opening reading to the closing one; `low` is the off-peak index, where there is one."""

    opening: Read | None
    closing: Read | None
    total: Decimal | None
    low: Decimal | None
    gap: Gap | None


def between(readings: Sequence[Read], first: date, last: date) -> Consumption:
    """Of readings in their order: from the last one at `first` or before it, else the earliest after it, to the last at `last`."""
    read = [one for one in readings if one.state == MeterState.READ and one.on <= last]
    opening = next((one for one in reversed(read) if one.on <= first), read[0] if read else None)
    if opening is None or opening is read[-1]:
        return Consumption(opening, None, None, None, Gap.TOO_FEW)
    closing = read[-1]
    spanned = read[read.index(opening) :]
    if len({one.serial for one in spanned if one.serial}) > 1:
        return Consumption(opening, closing, None, None, Gap.REPLACED)
    if opening.unit != closing.unit:
        return Consumption(opening, closing, None, None, Gap.OTHER_UNIT)
    total, low = _less(closing.index, opening.index), _less(closing.index_low, opening.index_low)
    two = bool(opening.index_low or closing.index_low)
    if total is None or (two and low is None):
        return Consumption(opening, closing, None, None, Gap.NOT_A_NUMBER)
    if total < 0 or (low or 0) < 0:
        return Consumption(opening, closing, None, None, Gap.BACKWARDS)
    return Consumption(opening, closing, total, low, None)


def _less(closing: str, opening: str) -> Decimal | None:
    """The difference of two indexes; None when one is no number."""
    try:
        difference = Decimal(closing.replace(",", ".").strip()) - Decimal(opening.replace(",", ".").strip())
    except InvalidOperation:
        return None
    return difference if difference.is_finite() else None
