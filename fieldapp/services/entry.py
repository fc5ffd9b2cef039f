"""The entry inventory that a move-out stands on: the record that its parties signed, as it is kept."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.entry import Origin
from fieldapp.domain.entry_copy import header_of, no_entry, seeds_of
from fieldapp.domain.inventory import InventoryKind, InventoryState
from fieldapp.records.inventory import Inventory
from fieldapp.services import installation, snapshot

Json = dict[str, Any]
Write = tuple[str, str, str, Any]
"""Entity, its kind, field, value."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The signed record of the entry, its hash and the acts about it."""

    inventory_id: str
    record: Json
    sha256: str
    acts: tuple[Json, ...]

    @property
    def header(self) -> Json:
        """The field `entry` of the move-out."""
        return header_of(self.record, self.sha256, self.acts)

    def writes(self) -> Iterator[Write]:
        """What the move-out starts from, thing by thing; what the entry does not know is not written."""
        for entity_id, kind, fields in seeds_of(self.record, self.acts):
            for field, value in fields.items():
                if value is not None and value != "":
                    yield entity_id, kind, field, value


NO_ENTRY = no_entry(Origin.NONE)


def entry_of(session: Session, tenancy_id: str) -> Entry | None:
    """The tenancy's last move-in whose record was accepted; a sealed one first. None when there is none.

    Read from the stored canonical bytes, never derived again from what the database holds today.
    """
    rows = session.scalars(
        select(Inventory).where(
            Inventory.tenancy_id == tenancy_id,
            Inventory.kind == InventoryKind.MOVE_IN,
            Inventory.record_sha256.is_not(None),
        )
    ).all()
    if not rows:
        return None
    row = max(
        rows, key=lambda row: (row.state == InventoryState.SEALED, row.closed_at is not None, row.closed_at, row.id)
    )
    sha256 = row.record_sha256
    if sha256 is None:
        return None
    with installation.blobs().open(f"records/{sha256}") as file:
        record: Json = json.load(file)
    return Entry(row.id, record, sha256, tuple(_acts(session, row.id, sha256)))


def _acts(session: Session, root_id: str, sha256: str) -> list[Json]:
    """The acts that the closing named; what was said about an earlier record is not among them."""
    fields = snapshot.state_in(session, root_id)["entities"][root_id]["fields"]
    named = set((fields.get("closed") or {}).get("acts") or ())
    return [
        act for act in snapshot.acts_in(session, root_id) if act["record_sha256"] == sha256 and act["act_id"] in named
    ]
