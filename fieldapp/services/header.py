"""The header row of an inventory or a visit while a transaction works on it: locked, read once, written once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Update, bindparam, select, update
from sqlalchemy.orm import Session

from fieldapp.records.inventory import Inventory
from fieldapp.records.visit import Visit

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
"""What a transaction may change of a header; a visit has no record of its own: its slips have."""


@dataclass(frozen=True, slots=True)
class Table:
    """Where headers of one kind of root are: how they are locked and written back."""

    kind: str
    written: tuple[str, ...]
    lock: Select[Any]
    write: Update


def _table(row: type[Inventory | Visit], kind: str) -> Table:
    written = tuple(name for name in _WRITTEN if hasattr(row, name))
    read = [getattr(row, name) for name in ("id", "landlord_id", "agency_id", "agent_id", *written)]
    return Table(
        kind,
        written,
        select(*read).where(row.id.in_(bindparam("roots", expanding=True))).order_by(row.id).with_for_update(),
        update(row).where(row.id == bindparam("root")).values({name: bindparam(f"new_{name}") for name in written}),
    )


_TABLES = (_table(Inventory, "inventory"), _table(Visit, "visit"))
"""In the order in which everybody locks them."""


@dataclass(slots=True)
class Header:
    """The header of an inventory or a visit, as `kind` says; `told` turns true when its tablets must hear of the change."""

    id: str
    landlord_id: str
    agency_id: str
    agent_id: str
    state: str
    started_at: datetime | None
    closed_at: datetime | None
    received_at: datetime | None
    missing_photos: int
    conflicts: int
    rejections: int
    position: int
    kind: str = "inventory"
    record_sha256: str | None = None
    outcome: str | None = None
    sealed_at: datetime | None = None
    told: bool = field(default=False)

    @property
    def fixed(self) -> bool:
        """Whether its record was accepted: its content never changes again."""
        return self.record_sha256 is not None


def lock(session: Session, root_ids: Collection[str]) -> dict[str, Header]:
    """Read the headers that exist and keep everybody else from them until the caller's transaction ends."""
    found: dict[str, Header] = {}
    for table in _TABLES:
        if wanted := [root for root in sorted(root_ids) if root not in found]:
            rows = session.connection().execute(table.lock, {"roots": wanted}).mappings()
            found |= {row["id"]: Header(**row, kind=table.kind) for row in rows}
    return found


def save(session: Session, headers: Iterable[Header]) -> None:
    """Write the headers back."""
    rows = list(headers)
    for table in _TABLES:
        own = [_written(header, table) for header in rows if header.kind == table.kind]
        if own:
            session.connection().execute(table.write, own)


def _written(header: Header, table: Table) -> dict[str, Any]:
    return {"root": header.id, **{f"new_{name}": getattr(header, name) for name in table.written}}
