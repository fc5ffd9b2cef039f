"""Reads a price list from a CSV file."""

from fieldapp.domain.catalogue import Document
from fieldapp.domain.file_fault import Problem
from fieldapp.domain.money import rounded
from fieldapp.domain.price_list import PriceItem, Unit
from fieldapp.domain.table_file import read
from fieldapp.domain.table_row import TableRow

COLUMNS = ("code", "label", "element_kinds", "defects", "wear_kind", "unit", "unit_price_net", "vat_percent")
CENT_PLACES = 2
HIGHEST_PRICE = 1_000_000


def read_prices(data: bytes, catalogue: Document) -> list[PriceItem]:
    """The works of a price list; kinds of elements or keys and defects are the catalogue's, separated by spaces.

    Prices are before tax, with a point and at most two decimals. Raises `BadFile`.
    """
    seen: dict[str, int] = {}
    elements = {row["code"] for table in ("elements", "keys") for row in catalogue[table]}
    defects = {row["code"] for row in catalogue["defects"]}

    def item(cells: TableRow) -> PriceItem:
        element_kinds = cells.known("element_kinds", elements)
        if not element_kinds:
            raise cells.bad("element_kinds", Problem.EMPTY_CELL)
        return PriceItem(
            cells.unique("code", seen),
            cells.text("label"),
            element_kinds,
            cells.known("defects", defects),
            cells.optional_code("wear_kind"),
            cells.choice("unit", Unit),
            rounded(cells.decimal("unit_price_net", CENT_PLACES, 0, HIGHEST_PRICE) * 100),
            cells.vat("vat_percent"),
        )

    return read(data, COLUMNS, item)
