"""A signed record that is not accepted: kept with its reason, until the inventory is signed again."""

from datetime import UTC, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldapp.records.refused_record import RefusedRecord
from fieldapp.records.upsert import Upsert
from fieldapp.services import audit, installation
from fieldapp.services.header import Header

FINAL = frozenset({"record_differs", "not_complete"})
"""The refusals that only a new signature ends; the others pass with the next message or the office's decision."""


_KEEP = Upsert(
    RefusedRecord,
    lambda insertion: insertion.on_conflict_do_update(
        index_elements=[RefusedRecord.root_id, RefusedRecord.sha256],
        set_={name: insertion.excluded[name] for name in ("code", "detail", "received_at", "settled_at")},
    ),
)


def keep_in(session: Session, row: Header, device_id: str, raw: bytes, sha256: str, code: str, detail: str) -> None:
    """Keep a refused record in the caller's transaction; the same record again is kept once."""
    again = session.get(RefusedRecord, (row.id, sha256))
    known = again is not None and again.settled_at is None and again.code == code
    installation.blobs().put(f"records/{sha256}", raw)
    facts = {"root_id": row.id, "sha256": sha256, "landlord_id": row.landlord_id, "device_id": device_id}
    connection = session.connection()
    connection.execute(
        _KEEP.on(connection),
        {**facts, "code": code, "detail": detail, "received_at": datetime.now(UTC), "settled_at": None},
    )
    if not known:
        actor = f"device:{device_id}"
        audit.record(
            session, actor, "inventory.record_refused", "inventory", row.id, row.landlord_id, sha256=sha256, code=code
        )


def settle_in(session: Session, root_id: str) -> None:
    """Nothing of this inventory is refused any more, in the caller's transaction."""
    session.execute(
        update(RefusedRecord)
        .where(RefusedRecord.root_id == root_id, RefusedRecord.settled_at.is_(None))
        .values(settled_at=datetime.now(UTC))
    )
