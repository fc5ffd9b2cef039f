"""Reads a wear grid from a CSV file."""

from decimal import Decimal

from fieldapp.domain.table_file import read
from fieldapp.domain.table_row import TableRow
from fieldapp.domain.wear_grid import GridRow

COLUMNS = ("element_kind", "label", "life_years", "franchise_years", "annual_rate_percent", "floor_percent")
LONGEST_LIFE = 100
PERCENT_PLACES = 2


def read_grid(data: bytes) -> list[GridRow]:
    """The rows of a grid: whole years, percents with a point and at most two decimals.

    Raises `BadFile`. A row whose floor does not follow from its life, franchise and rate is right: see
    `WearGrid.doubtful`.
    """
    seen: dict[str, int] = {}

    def row(cells: TableRow) -> GridRow:
        cells.code("element_kind")
        return GridRow(
            cells.unique("element_kind", seen),
            cells.text("label"),
            cells.whole("life_years", 1, LONGEST_LIFE),
            cells.whole("franchise_years", 0, LONGEST_LIFE),
            _percent(cells, "annual_rate_percent"),
            _percent(cells, "floor_percent"),
        )

    return read(data, COLUMNS, row)


def _percent(cells: TableRow, name: str) -> Decimal:
    return cells.decimal(name, PERCENT_PLACES, 0, 100)
