"""The shared vectors of wear and settlement as values of the domain."""

from datetime import date
from decimal import Decimal
from typing import Any

from fieldapp.domain.cause import Cause
from fieldapp.domain.condition import State
from fieldapp.domain.money import cents
from fieldapp.domain.settlement import Account, Proof, Retained
from fieldapp.domain.wear import ChargeLine, EntryInventory
from fieldapp.domain.wear_grid import WearGrid
from tests.domain.vectors import read

LINES = read("wear/lines.json")
CASES = [*LINES["worked"], *LINES["generated"]]
GRIDS = {name: WearGrid.from_json(grid) for name, grid in LINES["grids"].items()}
SETTLEMENTS = read("wear/settlements.json")["cases"]
DELAYS = read("wear/delays.json")

Json = dict[str, Any]


def day(text: str | None) -> date | None:
    """An ISO day or None."""
    return None if text is None else date.fromisoformat(text)


def line_of(line: Json) -> ChargeLine:
    """A charge line."""
    return ChargeLine(
        line["line_id"],
        line["element_kind"],
        day(line["start_date"]),
        day(line["end_date"]),
        None if line["net"] is None else Decimal(line["net"]),
        Decimal(line["vat_percent"]),
        line["entry_state"] and State(line["entry_state"]),
        line["exit_state"] and State(line["exit_state"]),
        line["cause"] and Cause(line["cause"]),
        EntryInventory(line["entry_inventory"]),
    )


def account_of(account: Json) -> Account:
    """An account to settle."""
    retained = (
        Retained(one["line_id"], cents(one["due"]), Proof(one["proof"]), is_loss=one["is_loss"])
        for one in account["retained"]
    )
    return Account(
        entry_on=date.fromisoformat(account["entry_on"]),
        keys_returned_on=date.fromisoformat(account["keys_returned_on"]),
        notice_ends_on=date.fromisoformat(account["notice_ends_on"]),
        called_until=date.fromisoformat(account["called_until"]),
        deposit=cents(account["deposit"]),
        rent=cents(account["rent"]),
        charges=cents(account["charges"]),
        arrears=cents(account["arrears"]),
        credits=cents(account["credits"]),
        instalments=tuple(map(cents, account["instalments"])),
        retained=tuple(retained),
        water=cents(account["water"]),
        heating=cents(account["heating"]),
        provision=cents(account["provision"]),
        collective_building=account["collective_building"],
    )
