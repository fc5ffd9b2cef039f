"""The imports of files: what was brought, how far it is, what is wrong in it and what it would change."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Sha256, Uuid


class ImportRun(Base):
    """One file of one kind: read, shown, then written whole or not at all.

    `scope_id` is the agency to which its author is limited. `faults` holds the first of them, `fault_count` says how
    many there are. `sample` shows some of what would be written and is emptied at the end, as the file is; `notes` say what a catalogue
    lacks.
    """

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint(
            "state IN ('reading', 'ready', 'refused', 'writing', 'done', 'dropped')",
            name="state_known",
        ),
        CheckConstraint("format IN ('csv', 'xlsx')", name="format_known"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    scope_id: Mapped[Uuid | None] = mapped_column(ForeignKey("agency.id"))
    account_id: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(20))
    format: Mapped[str] = mapped_column(String(4))
    sha256: Mapped[Sha256]
    bytes: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    rows_read: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int] = mapped_column(default=0)
    created: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    fault_count: Mapped[int] = mapped_column(default=0)
    faults: Mapped[list[Any]]
    sample: Mapped[list[Any]]
    notes: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
