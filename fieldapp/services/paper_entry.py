"""An entry inventory that exists on paper only: its scan is attached to the move-out that stands on it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.entry import EXITS, Origin
from fieldapp.domain.snapshot import Snapshot
from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.services import audit, installation, snapshot
from fieldapp.services.charging import SIGNS
from fieldapp.services.intake import write_server_ops
from fieldapp.services.reviewing import NotHere
from fieldapp.services.scope import Scope

Json = dict[str, Any]

MOST_PAGES = 40


class StrangePage(ValueError):
    """A file is neither a PDF nor a JPEG or PNG; nothing was attached."""


class TooManyPages(ValueError):
    """More files than an inventory has pages; nothing was attached."""


class ImpossibleDay(ValueError):
    """The paper would be from after today; nothing was attached."""


class NoPlaceForPaper(Exception):
    """The move-out stands on a signed entry, or is signed itself: paper changes nothing any more."""


def attach(scope: Scope, inventory_id: str, established_on: date, pages: Sequence[bytes], account_id: str) -> None:
    """Keep the scan durably, with its hashes in the field `entry`: the tablets get it, and the record will name it.

    All of it or nothing. Raises `NotHere`, `NoPlaceForPaper`, `StrangePage`, `TooManyPages` and `ImpossibleDay`.
    """
    if len(pages) > MOST_PAGES:
        raise TooManyPages
    scan = [_page(data) for data in pages]
    session = db.session()
    inventory, view = _open(session, scope, inventory_id)
    if established_on > datetime.now(ZoneInfo(view.zone)).date():
        session.rollback()
        raise ImpossibleDay
    entry = _entry(session, view)
    for page, data in zip(scan, pages, strict=True):
        installation.blobs().put(f"proofs/{page['sha256']}", data)
    changed = {
        "origin": Origin.IMPORTED.value,
        "established_on": established_on.isoformat(),
        "scan": [*(entry.get("scan") or []), *scan],
    }
    _write(session, inventory, {**entry, **changed}, account_id, "entry.scan_attached", pages=len(scan))


def obstruct(scope: Scope, inventory_id: str, account_id: str) -> None:
    """Note that there is no entry inventory because the landlord obstructed it: nothing may be asked of the tenant.

    Raises `NotHere` and `NoPlaceForPaper`.
    """
    session = db.session()
    inventory, view = _open(session, scope, inventory_id)
    entry = _entry(session, view)
    _write(session, inventory, {**entry, "origin": Origin.OBSTRUCTED.value}, account_id, "entry.obstructed")


def _page(data: bytes) -> Json:
    kind = next((kind for sign, kind in SIGNS.items() if data.startswith(sign)), None)
    if kind is None:
        raise StrangePage
    return {"sha256": sha256(data).hexdigest(), "bytes": len(data), "media_type": kind}


def _open(session: Session, scope: Scope, inventory_id: str) -> tuple[Inventory, Snapshot]:
    inventory = session.scalars(
        select(Inventory).where(Inventory.id == inventory_id, *scope.conditions()).with_for_update()
    ).one_or_none()
    if inventory is None:
        session.rollback()
        raise NotHere(inventory_id)
    view = Snapshot(snapshot.state_in(session, inventory_id))
    if inventory.kind not in EXITS or inventory.record_sha256 is not None or view.inventory.value("closed"):
        session.rollback()
        raise NoPlaceForPaper
    return inventory, view


def _entry(session: Session, view: Snapshot) -> Mapping[str, Any]:
    value = view.inventory.value("entry")
    entry: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    if entry.get("origin") == Origin.SEALED:
        session.rollback()
        raise NoPlaceForPaper
    return entry


def _write(
    session: Session, inventory: Inventory, entry: Json, account_id: str, action: str, **facts: audit.Fact
) -> None:
    write_server_ops(session, inventory.id, [(inventory.id, "inventory", "entry", entry)], account_id)
    audit.record(session, f"account:{account_id}", action, "inventory", inventory.id, inventory.landlord_id, **facts)
    session.commit()


def scan_page(scope: Scope, inventory_id: str, digest: str) -> Json:
    """What is known of one page of the scan; raises `NotHere`."""
    session = db.session()
    found = session.scalars(select(Inventory.id).where(Inventory.id == inventory_id, *scope.conditions())).one_or_none()
    value = Snapshot(snapshot.state_in(session, inventory_id)).inventory.value("entry") if found else None
    session.rollback()
    pages: list[Json] = (value.get("scan") or []) if isinstance(value, Mapping) else []
    for page in pages:
        if page["sha256"] == digest:
            return page
    raise NotHere(digest)
