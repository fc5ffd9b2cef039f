"""What keeps a signed inventory from ever being sealed, so that only a new signature helps."""

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, aliased

from fieldapp.domain.inventory import InventoryState
from fieldapp.records.field_state import FieldState
from fieldapp.records.inventory import Inventory
from fieldapp.records.photo import Photo, PhotoUse
from fieldapp.records.refused_record import RefusedRecord


class Obstacle(StrEnum):
    """Why: the record was refused, or one of its photographs cannot be decoded."""

    RECORD_DIFFERS = "record_differs"
    NOT_COMPLETE = "not_complete"
    PHOTO_UNUSABLE = "photo_unusable"


def record_refused() -> ColumnElement[bool]:
    """Whether the record of an `Inventory` that is closed was refused."""
    waits = and_(Inventory.state == InventoryState.CLOSED, Inventory.record_sha256.is_(None))
    return and_(waits, exists().where(RefusedRecord.root_id == Inventory.id, RefusedRecord.settled_at.is_(None)))


def photo_unusable() -> ColumnElement[bool]:
    """Whether an `Inventory` that is closed names a photograph that cannot be decoded; withdrawn ones do not count."""
    withdrawn = aliased(FieldState)
    unusable = (
        exists()
        .where(PhotoUse.root_id == Inventory.id, Photo.sha256 == PhotoUse.sha256, Photo.verdict == "unusable")
        .where(
            ~exists().where(
                withdrawn.root_id == PhotoUse.root_id,
                withdrawn.entity_id == PhotoUse.photo_id,
                withdrawn.field == "deleted",
                withdrawn.value == "true",
            )
        )
    )
    return and_(Inventory.state == InventoryState.CLOSED, unusable)


def obstacle_of(session: Session, inventory_id: str) -> Obstacle | None:
    """What stands in the way of this inventory's seal; None when nothing does."""
    refused = aliased(RefusedRecord)
    code = session.scalars(
        select(refused.code)
        .join(Inventory, Inventory.id == refused.root_id)
        .where(Inventory.id == inventory_id, refused.settled_at.is_(None), record_refused())
    ).first()
    if code is not None:
        return Obstacle(code)
    unusable = session.scalars(select(Inventory.id).where(Inventory.id == inventory_id, photo_unusable())).first()
    return None if unusable is None else Obstacle.PHOTO_UNUSABLE
