"""What the office decides about an inventory: whether it may go on after an alert, which of two values stays."""

import json
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.records.conflict import Conflict
from fieldapp.records.field_state import FieldState
from fieldapp.records.inventory import Inventory
from fieldapp.records.rejected_change import RejectedChange
from fieldapp.services import audit, snapshot, standing
from fieldapp.services.intake import write_server_ops
from fieldapp.services.obstacle import obstacle_of
from fieldapp.services.reviewing import NotHere
from fieldapp.services.scope import Scope
from sync import moment


class Outcome(StrEnum):
    """The two answers to an alert."""

    PROCEED = "proceed"
    STOP = "stop"


class AlreadyDecided(Exception):
    """Somebody else answered first, or the record is accepted and can no longer change."""


def decide_alert(
    scope: Scope, inventory_id: str, alert_id: str, outcome: Outcome, reason: str, account_id: str, name: str
) -> None:
    """Answer an alert; the tablet learns it at its next sync. Raises `NotHere` and `AlreadyDecided`."""
    session = db.session()
    inventory = _locked(session, scope, inventory_id)
    alert = snapshot.state_in(session, inventory_id)["entities"].get(alert_id)
    if alert is None or alert["kind"] != "alert":
        session.rollback()
        raise NotHere(alert_id)
    if alert["fields"].get("decision") is not None or inventory.record_sha256 is not None:
        session.rollback()
        raise AlreadyDecided
    decision = {"outcome": outcome.value, "by": name, "at": moment.write(datetime.now(UTC)), "reason": reason}
    write_server_ops(session, inventory_id, [(alert_id, "alert", "decision", decision)], account_id)
    _note(session, inventory, account_id, "alert.decided", outcome=outcome.value, alert_id=alert_id)
    session.commit()


def settle_conflict(
    scope: Scope, inventory_id: str, conflict_id: int, account_id: str, *, take_the_other: bool = False
) -> None:
    """Close a disagreement, and write the other value when that one is right.

    What is signed never changes: then only looking is left. Raises `NotHere` and `AlreadyDecided`.
    """
    session = db.session()
    inventory = _locked(session, scope, inventory_id)
    conflict = session.get(Conflict, conflict_id)
    if conflict is None or conflict.root_id != inventory_id:
        session.rollback()
        raise NotHere(str(conflict_id))
    # Signed counts from the closing on: what arrives between it and the record must not change under the signatures.
    signed = inventory.record_sha256 is not None or _is_closed(session, inventory_id)
    if conflict.settled_at is not None or (take_the_other and signed):
        session.rollback()
        raise AlreadyDecided
    conflict.settled_at, conflict.settled_by = datetime.now(UTC), account_id
    if take_the_other:
        write = (conflict.entity_id, conflict.kind, conflict.field, json.loads(conflict.lost_value))
        write_server_ops(session, inventory_id, [write], account_id)
    session.flush()
    left = select(func.count()).where(Conflict.root_id == inventory_id, Conflict.settled_at.is_(None))
    inventory.conflicts = session.execute(left).scalar_one()
    standing.judge_in(session, [inventory_id])
    _note(session, inventory, account_id, "conflict.settled", conflict=conflict_id, took_the_other=take_the_other)
    session.commit()


def reopen(scope: Scope, inventory_id: str, account_id: str) -> None:
    """Have an inventory signed again that can never be sealed as it was signed; what was signed is kept.

    Raises `NotHere`, and `AlreadyDecided` when nothing stands in the way of its seal.
    """
    session = db.session()
    inventory = _locked(session, scope, inventory_id)
    obstacle = obstacle_of(session, inventory_id)
    if obstacle is None:
        session.rollback()
        raise AlreadyDecided
    signed = inventory.record_sha256
    inventory.record_sha256 = inventory.received_at = None
    write_server_ops(session, inventory_id, [(inventory_id, "inventory", "closed", None)], account_id)
    _note(session, inventory, account_id, "inventory.reopen_asked", obstacle=obstacle.value, sha256=signed)
    session.commit()


def see_rejections(scope: Scope, inventory_id: str, account_id: str) -> None:
    """Note that a person has read what was refused; it is kept. Raises `NotHere`."""
    session = db.session()
    inventory = _locked(session, scope, inventory_id)
    rows = session.scalars(
        select(RejectedChange).where(RejectedChange.root_id == inventory_id, RejectedChange.settled_at.is_(None))
    ).all()
    for row in rows:
        row.settled_at = datetime.now(UTC)
    inventory.rejections = 0
    standing.judge_in(session, [inventory_id])
    _note(session, inventory, account_id, "rejections.seen", count=len(rows))
    session.commit()


def _is_closed(session: Session, inventory_id: str) -> bool:
    closing = session.get(FieldState, (inventory_id, inventory_id, "closed"))
    return closing is not None and closing.value != "null"


def _locked(session: Session, scope: Scope, inventory_id: str) -> Inventory:
    inventory = session.scalars(
        select(Inventory).where(Inventory.id == inventory_id, *scope.conditions()).with_for_update()
    ).one_or_none()
    if inventory is None:
        session.rollback()
        raise NotHere(inventory_id)
    return inventory


def _note(session: Session, inventory: Inventory, account_id: str, action: str, **facts: audit.Fact) -> None:
    audit.record(session, f"account:{account_id}", action, "inventory", inventory.id, inventory.landlord_id, **facts)
