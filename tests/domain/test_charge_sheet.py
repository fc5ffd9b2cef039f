"""What is gone has the agreed price until somebody decides otherwise; nothing else prices itself."""

from datetime import date
from decimal import Decimal

import pytest

from fieldapp.domain.cause import Cause
from fieldapp.domain.charge_proposal import Aspect, Proposal
from fieldapp.domain.charge_sheet import Decision, SheetLine, sheet
from fieldapp.domain.condition import State
from fieldapp.domain.price_list import PriceItem, Unit
from fieldapp.domain.wear import EntryInventory
from fieldapp.domain.wear_grid import WearGrid

KEY = Proposal("k", "key", Aspect.QUANTITY, "key", "", "Clé", State.GOOD, State.ABSENT, "3", "1", missing=2)
COPY = PriceItem("copy", "Clé", ("key",), ("missing",), "", Unit.PIECE, 1800, Decimal(20))
CYLINDER = PriceItem("cylinder", "Canon, trois clés", ("key",), ("missing",), "", Unit.FLAT, 9000, Decimal(20))
ANY = PriceItem("any", "Badge", ("key",), (), "", Unit.PIECE, 500, Decimal(20))


def line(items: tuple[PriceItem, ...], decided: Decision | None = None, proposal: Proposal = KEY) -> SheetLine:
    decisions = {} if decided is None else {proposal.line_id: decided}
    found = sheet([proposal], {"k": Cause.LOSS}, decisions, WearGrid({}), date(2028, 6, 30), EntryInventory.YES, items)
    return found.lines[0]


@pytest.mark.parametrize(
    ("items", "due"),
    (((COPY,), 4320), ((CYLINDER,), 10800), ((COPY, ANY), 4320), ((COPY, CYLINDER), None), ((ANY,), None)),
)
def test_missing_keys_cost_what_the_one_position_meant_for_them_says(
    items: tuple[PriceItem, ...], due: int | None
) -> None:
    assert line(items).due == due


def test_what_the_office_left_without_a_price_stays_without() -> None:
    assert line((COPY,), Decision()).due is None
