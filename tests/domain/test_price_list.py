"""The price list is imported whole, finds the work for a defect, and prices no wall for a few holes."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fieldapp.domain import catalogue
from fieldapp.domain.charge_doubt import Doubt, doubts
from fieldapp.domain.condition import State
from fieldapp.domain.file_fault import BadFile, Problem
from fieldapp.domain.price_file import COLUMNS, read_prices
from fieldapp.domain.price_list import PriceItem, Unit, fitting
from fieldapp.domain.wear import assess
from tests.domain.vectors import read
from tests.domain.wear_vectors import GRIDS, LINES, line_of

CATALOGUE = catalogue.load()
FILE = Path(__file__).parent.parent / "data" / "price-list.csv"
GOOD = FILE.read_text(encoding="utf-8")
WORKS = read("wear/works.json")
PAINT = line_of(LINES["worked"][0]["line"])


@pytest.fixture(scope="module")
def items() -> dict[str, PriceItem]:
    return {item.code: item for item in read_prices(GOOD.encode(), CATALOGUE)}


def test_a_work_holds_what_was_written(items: dict[str, PriceItem]) -> None:
    hole = items["hole_filled"]
    assert (hole.element_kinds, hole.defects, hole.unit, hole.price) == (
        ("walls", "ceiling"),
        ("hole",),
        Unit.PIECE,
        680,
    )


def test_a_quantity_is_priced_exactly_and_rounded_only_after_tax(items: dict[str, PriceItem]) -> None:
    assert items["paint_wall"].net(Decimal(38)) == Decimal("551.00")
    net = items["paint_wall"].net(Decimal("12.55"))
    assert net == Decimal("181.975")
    assert assess(replace(PAINT, net=net), GRIDS["a"]).gross == 20017


@pytest.mark.parametrize("case", WORKS["cases"], ids=lambda case: case["name"])
def test_the_works_offered_are_those_of_the_shared_cases(case: dict[str, Any]) -> None:
    works = [
        PriceItem(
            one["code"], "", (*one["element_kinds"],), (*one["defects"],), "", Unit(one["unit"]), 100, Decimal(10)
        )
        for one in WORKS["works"]
    ]
    found = fitting(works, case["kind"], case["defects"], gone=case["gone"])
    assert [item.code for item in found] == case["codes"]


def test_a_whole_wall_for_a_few_holes_is_doubtful(items: dict[str, PriceItem]) -> None:
    wall, hole = items["paint_wall"], items["hole_filled"]
    assert doubts(PAINT, wall, Decimal(12), ["hole", "scratch"]) == [Doubt.WHOLE_SURFACE_FOR_SPOTS]
    assert doubts(PAINT, wall, Decimal(1), ["hole"]) == []
    assert doubts(PAINT, wall, Decimal(12), ["hole", "damp"]) == []
    assert doubts(PAINT, wall, Decimal(12), []) == []
    assert doubts(PAINT, hole, Decimal(12), ["hole"]) == []


def test_a_charge_for_what_was_not_there_at_entry_is_doubtful() -> None:
    assert doubts(replace(PAINT, entry_state=State.ABSENT), None, Decimal(1), []) == [Doubt.ABSENT_AT_ENTRY]


@pytest.mark.parametrize(
    ("old", "new", "problem", "column"),
    (
        ("14.50,10", "14.50,", Problem.EMPTY_CELL, 8),
        ("14.50,10", "14.50,19.6", Problem.UNKNOWN_VAT, 8),
        ("14.50,10", '"14,50",10', Problem.COMMA_DECIMAL, 7),
        ("14.50,10", "14.505,10", Problem.TOO_PRECISE, 7),
        ("14.50,10", "-14.50,10", Problem.TOO_SMALL, 7),
        ("m2,14.50", "m²,14.50", Problem.UNKNOWN_WORD, 6),
        ("walls,,paint", "murs,,paint", Problem.NOT_IN_CATALOGUE, 3),
        ("walls,,paint", ",,paint", Problem.EMPTY_CELL, 3),
        ("walls,,paint", "walls,hole trou,paint", Problem.NOT_IN_CATALOGUE, 4),
        ("walls,,paint", "walls,,Peinture", Problem.NOT_A_CODE, 5),
        ("paint_wall,", "badge,", Problem.DUPLICATE, 1),
    ),
)
def test_a_wrong_cell_is_named_by_line_and_column(old: str, new: str, problem: Problem, column: int) -> None:
    with pytest.raises(BadFile) as refused:
        read_prices(GOOD.replace(old, new, 1).encode(), CATALOGUE)
    [fault] = refused.value.faults
    assert (fault.problem, fault.column, fault.name) == (problem, column, COLUMNS[column - 1])


def test_a_spreadsheet_s_byte_order_mark_is_no_mistake() -> None:
    assert len(read_prices(b"\xef\xbb\xbf" + GOOD.encode(), CATALOGUE)) == 8


def test_the_wrong_encoding_is_refused_where_it_shows() -> None:
    with pytest.raises(BadFile) as refused:
        read_prices(GOOD.replace("Peinture murale", "Crépi").encode("cp1252"), CATALOGUE)
    fault = refused.value.faults[0]
    assert (fault.problem, fault.line, fault.column) == (Problem.NOT_UTF8, 2, 2)
