"""What an inventory still misses before it may be signed: décret 2016-382 art. 2, and what comes before the keys."""

from collections.abc import Iterator, Mapping
from typing import Any

from fieldapp.domain import completeness_exit as leaving
from fieldapp.domain import completeness_papers as papers
from fieldapp.domain import completeness_places as places
from fieldapp.domain import completeness_safety as safety
from fieldapp.domain.entry import EXITS, Entries
from fieldapp.domain.finding import Item
from fieldapp.domain.record import CLAUSES
from fieldapp.domain.snapshot import Snapshot, State
from fieldapp.domain.wording import Wording


def check(state: State, catalogue: Mapping[str, Any], *, closing: bool = False) -> list[Item]:
    """Every item of art. 2, 1°, a to i, then of 2° at exit, then insurance, smoke detector and alerts, in that order.

    A clause with nothing missing has one item that is ok. Signatures (i) and the date of the keys are asked for only when
    `closing`. A lease kind may ask for fewer clauses (a garage has no meters). Nothing here reads a clock: an insurance is
    past when it ends before the day of the inventory. An advisory visit before the exit says who, where and when; the rest
    of it is advice, may be left out, and is signed by nobody. Raises NoInventory.
    """
    snapshot = Snapshot(state)
    wording = Wording(catalogue, snapshot.language)
    lease = wording.row("lease_kinds", snapshot.lease_kind)
    items = [
        *papers.kind_of_inventory(snapshot, wording),
        *papers.dates(snapshot),
        *papers.location(snapshot),
        *papers.parties(snapshot),
        *papers.mandates(snapshot, closing=closing),
        *places.meters(snapshot, wording),
        *places.keys(snapshot, wording),
        *places.rooms(snapshot, wording),
        *papers.signatures(snapshot, closing=closing),
        *_leaving(snapshot, wording, lease),
        *safety.insurance(snapshot, asked=lease.get("insurance") is True),
        *safety.furniture(snapshot, wording),
        *safety.smoke(snapshot, asked=lease.get("smoke_detector") is True),
        *safety.alerts(snapshot, wording),
    ]
    not_asked = set(CLAUSES) - set(lease.get("clauses", CLAUSES))
    if snapshot.inventory.text("kind") == "pre_exit":
        not_asked |= {"f", "g", "h", "i", "exit", "furniture", "smoke"}
    return [item for item in items if item.clause not in not_asked]


def _leaving(snapshot: Snapshot, wording: Wording, lease: Mapping[str, Any]) -> Iterator[Item]:
    if snapshot.inventory.text("kind") not in EXITS:
        return
    entries = Entries(snapshot)
    yield from leaving.new_address(snapshot, asked=lease.get("new_address") is True)
    yield from leaving.entry_date(snapshot, entries)
    yield from leaving.keys_return(snapshot, entries)
    yield from leaving.readings(snapshot, entries, wording)
    yield from leaving.typed(snapshot, entries)
    yield from leaving.maintenance(snapshot)


def blocking(items: list[Item]) -> list[Item]:
    """What stops the signature."""
    return [item for item in items if item.blocking]
