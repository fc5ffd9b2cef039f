"""Earlier inventories that a new one starts from, read from the bytes that were signed."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.advised import advised_of
from fieldapp.domain.inventory import InventoryKind, InventoryState
from fieldapp.domain.local_day import local_day
from fieldapp.domain.relet import is_fresh, proposals_of
from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.services import installation, snapshot
from fieldapp.services.entry import Write
from fieldapp.services.intake import write_server_ops

Json = dict[str, Any]

_OPEN = (InventoryState.PLANNED, InventoryState.IN_PROGRESS, InventoryState.HELD, InventoryState.INTERRUPTED)


def proposals(session: Session, inventory: Inventory, day: date) -> Iterator[Write]:
    """What a move-in may start from: the states of the dwelling's last move-out, when it is fresh. Nothing of who left."""
    record = _last(session, InventoryKind.MOVE_OUT, Inventory.dwelling_id == inventory.dwelling_id)
    if record is None or not is_fresh(record, day):
        return
    left = local_day(record["established_at"], record["zone"])
    yield inventory.id, "inventory", "proposal", {"on": left.isoformat() if left else None}
    for element_id, proposed in proposals_of(record):
        yield element_id, "element", "proposed", proposed
        if proposed["material"]:
            yield element_id, "element", "material", proposed["material"]


def known(writes: Iterable[Write], content: Iterable[Write]) -> Iterator[Write]:
    """Those writes that are about the inventory itself or about a thing that it has."""
    there = {entity_id for entity_id, *_ in content}
    yield from (write for write in writes if write[1] == "inventory" or write[0] in there)


def advice(session: Session, tenancy_id: str) -> Iterator[Write]:
    """What was said at the tenancy's last visit before the exit, for each line that could still be put right."""
    record = _last(session, InventoryKind.PRE_EXIT, Inventory.tenancy_id == tenancy_id)
    for element_id, advised in advised_of(record) if record else ():
        yield element_id, "element", "advised", advised


def pass_on_advice(root_id: str) -> None:
    """Bring what an accepted advisory visit said to the tenancy's move-outs that are still open; one transaction."""
    session = db.session()
    visit = session.get_one(Inventory, root_id)
    waiting = session.scalars(
        select(Inventory.id).where(
            Inventory.tenancy_id == visit.tenancy_id,
            Inventory.kind == InventoryKind.MOVE_OUT,
            Inventory.state.in_(_OPEN),
        )
    ).all()
    writes = list(advice(session, visit.tenancy_id))
    for exit_id in sorted(waiting):
        there = snapshot.state_in(session, exit_id)["entities"]
        if mine := [write for write in writes if write[0] in there]:
            write_server_ops(session, exit_id, mine)
    session.commit()


def _last(session: Session, kind: InventoryKind, *conditions: Any) -> Json | None:
    row = session.execute(
        select(Inventory.record_sha256)
        .where(Inventory.kind == kind, Inventory.record_sha256.is_not(None), *conditions)
        .order_by(Inventory.closed_at.desc(), Inventory.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    with installation.blobs().open(f"records/{row.record_sha256}") as file:
        record: Json = json.load(file)
    return record
