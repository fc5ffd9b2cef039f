"""Photographs go out to tablets: those of the inventories that a tablet holds, made anew, never as they came."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from fieldapp.extensions import db
from fieldapp.records.dwelling_sheet import DwellingPicture
from fieldapp.records.field_state import FieldState
from fieldapp.records.holding import Holding
from fieldapp.records.inventory import Inventory
from fieldapp.records.photo import Photo, PhotoUse
from fieldapp.records.visit import Visit
from fieldapp.services import previews
from fieldapp.services.previews import NotShown
from fieldapp.services.tablet import Tablet

_deleted = aliased(FieldState)


@dataclass(frozen=True, slots=True)
class Lent:
    """The bytes of one picture for a tablet, with their SHA-256."""

    data: bytes
    sha256: str


def lend(device: Tablet, sha256: str, size: str) -> Lent:
    """The picture of a photograph that a tablet may see, in one of the `previews.SIZES`.

    Also those of the dwelling sheets that it holds visits of. Raises `NotShown` for what is in no inventory of this tablet nor in the entry of one, deleted, not arrived, not examined or not found safe.
    """
    found = db.session.execute(_living_use(device, sha256)).first()
    found = found or db.session.execute(_of_a_sheet(device, sha256)).first()
    db.session.rollback()
    if found is None:
        raise NotShown(sha256)
    data = previews.remade(sha256, size).read_bytes()
    return Lent(data, hashlib.sha256(data).hexdigest())


def _living_use(device: Tablet, sha256: str) -> Select[str]:
    return (
        select(Photo.sha256)
        .join(PhotoUse, PhotoUse.sha256 == Photo.sha256)
        .outerjoin(
            _deleted,
            (_deleted.root_id == PhotoUse.root_id)
            & (_deleted.entity_id == PhotoUse.photo_id)
            & (_deleted.field == "deleted"),
        )
        .where(
            Photo.sha256 == sha256,
            Photo.verdict == "safe",
            func.coalesce(_deleted.value, "false") != "true",
            or_(PhotoUse.root_id.in_(_held(device)), PhotoUse.root_id.in_(_entries(device))),
        )
        .limit(1)
    )


def _of_a_sheet(device: Tablet, sha256: str) -> Select[str]:
    """A picture of a dwelling that this tablet goes to show."""
    return (
        select(Photo.sha256)
        .join(DwellingPicture, DwellingPicture.sha256 == Photo.sha256)
        .join(Visit, Visit.dwelling_id == DwellingPicture.dwelling_id)
        .join(Holding, Holding.root_id == Visit.id)
        .where(
            Photo.sha256 == sha256,
            Photo.verdict == "safe",
            Holding.device_id == device.id,
            Holding.evicted_at.is_(None),
            Visit.landlord_id == device.landlord_id,
            or_(Visit.agent_id == device.actor_id, Visit.agency_id == device.agency_id),
        )
        .limit(1)
    )


def _entries(device: Tablet) -> Select[str]:
    """The entry inventories that the move-outs on this tablet stand on, of the same landlord."""
    entry = aliased(Inventory)
    return (
        select(entry.id)
        .join(Inventory, Inventory.entry_id == entry.id)
        .where(Inventory.id.in_(_held(device)), entry.landlord_id == device.landlord_id)
    )


def _held(device: Tablet) -> Select[str]:
    """The inventories that were given to this tablet, have not left it, and are still its agent's to see."""
    return (
        select(Holding.root_id)
        .join(Inventory, Inventory.id == Holding.root_id)
        .where(
            Holding.device_id == device.id,
            Holding.evicted_at.is_(None),
            Inventory.landlord_id == device.landlord_id,
            or_(Inventory.agent_id == device.actor_id, Inventory.agency_id == device.agency_id),
        )
    )
