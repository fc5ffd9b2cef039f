"""What follows from a batch of writes: where its inventories stand now, and what they wait for."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from fieldapp.domain.inventory import InventoryState
from fieldapp.domain.progress import Progress, progress
from fieldapp.services import answering, audit, header, missing, photo_erasing, refusing, standing, visit_following
from fieldapp.services.field_writing import Batch
from fieldapp.services.header import Header

_TELLING = ("inventory", "alert", "act")
_TELLING_FIELDS = frozenset({"closed", "interruption"})


def finish(session: Session, batch: Batch, headers: Collection[Header], actor: str) -> None:
    """Write the batch and its inventories' headers, in the caller's transaction.

    A state that changed, or photographs that came in, take a place in the feed, so that the tablets hear of it.
    """
    changed = {row["root_id"] for row in batch.changes}
    photos = {root for root, entity, _ in batch.touched if batch.kinds[root, entity] == "photo"}
    for root, entity, name in batch.touched:
        if name == photo_erasing.WITHDRAWN:
            photo_erasing.ask_in(session, root, entity)
    for row in headers:
        row.conflicts += sum(conflict["root_id"] == row.id for conflict in batch.conflicts)
        if row.id in changed and row.kind == "visit":
            visit_following.advance(session, batch, row, actor)
        elif row.id in changed and not row.fixed:
            _advance(session, batch, row, actor)
    stirred = {row.id for row in headers if row.told}
    for row in headers:
        row.told = row.told or row.id in photos
    told = [row for row in headers if row.told]
    position = batch.flush(len(told)) - len(told)
    wanted = missing.photos_in(session, photos)
    for row in told:
        position += 1
        row.position = position
        if row.id in wanted:
            row.missing_photos = len(wanted[row.id])
        if row.kind == "visit":
            visit_following.receive_when_whole(session, row)
    header.save(session, headers)
    inventories = [row for row in headers if row.id in changed and row.kind == "inventory"]
    _stand(session, batch, inventories, stirred, actor)


def _stand(session: Session, batch: Batch, rows: Collection[Header], stirred: Collection[str], actor: str) -> None:
    """Give the inventories their place in the office's list; one that goes on quietly, photographs included, keeps it."""
    if actor.startswith("device:"):
        standing.hear_in(session, [row.id for row in rows], batch.now)
    corrected = answering.note_in(session, batch, rows, actor, batch.now)
    moved = [
        row.id
        for row in rows
        if row.id in corrected
        or row.id in stirred
        or row.conflicts
        or row.rejections
        or row.state != InventoryState.IN_PROGRESS
    ]
    standing.judge_in(session, moved)


def _advance(session: Session, batch: Batch, row: Header, actor: str) -> None:
    """Bring a header to the state that follows from its content; a planned one starts with a tablet's first write."""
    by_tablet = actor.startswith("device:")
    if row.state == InventoryState.PLANNED and not by_tablet:
        return
    before = (row.state, row.outcome)
    if (row.id, row.id, "closed") in batch.touched:
        refusing.settle_in(session, row.id)
    if _tells(batch, row.id):
        batch.read_kinds(row.id, _TELLING)
        now = _progress(batch, row.id)
        row.state, row.outcome, row.closed_at = now.state, now.outcome, now.closed_at
    elif row.state == InventoryState.PLANNED:
        row.state = InventoryState.IN_PROGRESS
    if row.started_at is None:
        row.started_at = _first_captured(batch, row.id)
    if (row.state, row.outcome) != before:
        row.told = True
        reopened = before[0] == InventoryState.CLOSED and row.state == InventoryState.IN_PROGRESS
        action = "inventory.reopened" if reopened else f"inventory.{row.state}"
        audit.record(session, actor, action, "inventory", row.id, row.landlord_id)


def _tells(batch: Batch, root_id: str) -> bool:
    for root, entity, name in batch.touched:
        if root == root_id:
            kind = batch.kinds[root, entity]
            if kind in {"alert", "act"} or (kind == "inventory" and name in _TELLING_FIELDS):
                return True
    return False


def _progress(batch: Batch, root_id: str) -> Progress:
    inventory = next(iter(batch.values(root_id, "inventory")), {})
    acts = [act["body"] for act in batch.values(root_id, "act") if "body" in act]
    return progress(inventory, batch.values(root_id, "alert"), acts)


def _first_captured(batch: Batch, root_id: str) -> datetime:
    captured: list[datetime] = [row["captured_at"] for row in batch.changes if row["root_id"] == root_id]
    return min(captured)
