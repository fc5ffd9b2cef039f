"""The journal of what was done: rows are added and never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class AuditEntry(Base):
    """One act: `actor` is `account:<id>`, `device:<id>`, `link:<id>` or `server`; `facts` hold no personal data."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_id", "at"),)

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    landlord_id: Mapped[Uuid | None] = mapped_column(ForeignKey("landlord.id"), index=True)
    actor: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[str] = mapped_column(String(64))
    facts: Mapped[dict[str, Any]]
