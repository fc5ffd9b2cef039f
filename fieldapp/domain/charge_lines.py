"""Reads the charge lines of an exit from a CSV file, as an accountant writes them to calculate again."""

from fieldapp.domain.cause import Cause
from fieldapp.domain.condition import State
from fieldapp.domain.file_fault import Problem
from fieldapp.domain.table_file import read
from fieldapp.domain.table_row import TableRow
from fieldapp.domain.wear import ChargeLine, EntryInventory

COLUMNS = (
    "line_id",
    "element_kind",
    "start_date",
    "end_date",
    "net",
    "vat_percent",
    "entry_state",
    "exit_state",
    "cause",
    "entry_inventory",
)
NET_PLACES = 4
HIGHEST_NET = 10_000_000


def read_lines(data: bytes) -> list[ChargeLine]:
    """The lines of an exit; none when only the titles are there.

    Days are ISO or empty, states and causes are codes, `net` has a point and at most four decimals. Raises `BadFile`.
    """
    seen: dict[str, int] = {}

    def line(cells: TableRow) -> ChargeLine:
        started_on, ended_on = cells.optional_day("start_date"), cells.optional_day("end_date")
        if started_on and ended_on and ended_on < started_on:
            raise cells.bad("start_date", Problem.STARTS_AFTER_END, end=ended_on.isoformat())
        return ChargeLine(
            cells.unique("line_id", seen),
            cells.code("element_kind"),
            started_on,
            ended_on,
            cells.decimal("net", NET_PLACES, 0, HIGHEST_NET),
            cells.vat("vat_percent"),
            cells.choice("entry_state", State),
            cells.choice("exit_state", State),
            cells.choice("cause", Cause),
            cells.choice("entry_inventory", EntryInventory),
        )

    return read(data, COLUMNS, line, may_be_empty=True)
