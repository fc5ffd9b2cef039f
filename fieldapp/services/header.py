"""The header row of an inventory while a transaction works on it: locked, read once, written once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from fieldapp.records.inventory import Inventory

_LOCK = (
    select(
        Inventory.id,
        Inventory.landlord_id,
        Inventory.agency_id,
        Inventory.agent_id,
        Inventory.record_sha256,
        Inventory.state,
        Inventory.outcome,
        Inventory.started_at,
        Inventory.closed_at,
        Inventory.received_at,
        Inventory.sealed_at,
        Inventory.missing_photos,
        Inventory.conflicts,
        Inventory.rejections,
        Inventory.position,
    )
    .where(Inventory.id.in_(bindparam("roots", expanding=True)))
    .order_by(Inventory.id)
    .with_for_update()
)
_WRITTEN = (
    "record_sha256",
    "state",
    "outcome",
    "started_at",
    "closed_at",
    "received_at",
    "sealed_at",
    "missing_photos",
    "conflicts",
    "rejections",
    "position",
)
_WRITE = (
    update(Inventory)
    .where(Inventory.id == bindparam("root"))
    .values({name: bindparam(f"new_{name}") for name in _WRITTEN})
)


@dataclass(slots=True)
class Header:
    """One inventory's header; `told` turns true when its tablets must hear of the change."""

    id: str
    landlord_id: str
    agency_id: str
    agent_id: str
    record_sha256: str | None
    state: str
    outcome: str | None
    started_at: datetime | None
    closed_at: datetime | None
    received_at: datetime | None
    sealed_at: datetime | None
    missing_photos: int
    conflicts: int
    rejections: int
    position: int
    told: bool = field(default=False)

    @property
    def fixed(self) -> bool:
        """Whether its record was accepted: its content never changes again."""
        return self.record_sha256 is not None


def lock(session: Session, root_ids: Collection[str]) -> dict[str, Header]:
    """Read the headers that exist and keep everybody else from them until the caller's transaction ends."""
    if not root_ids:
        return {}
    rows = session.connection().execute(_LOCK, {"roots": sorted(root_ids)}).mappings()
    return {row["id"]: Header(**row) for row in rows}


def save(session: Session, headers: Iterable[Header]) -> None:
    """Write the headers back."""
    rows: list[dict[str, Any]] = [
        {"root": header.id, **{f"new_{name}": getattr(header, name) for name in _WRITTEN}} for header in headers
    ]
    if rows:
        session.connection().execute(_WRITE, rows)
