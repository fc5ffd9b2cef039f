"""The tablets that agents enrolled."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Sha256, Uuid


class Device(Base):
    """One tablet of one agent: its token (only the hash), its public key, and what is known of its operations and clock.

    `next_seq` is the first operation number that has not arrived; `ahead` lists the ranges `[first, last]` that arrived
    beyond it. `clock_drift_seconds` is tablet minus server, as last seen.
    """

    __tablename__ = "device"
    __table_args__ = (
        CheckConstraint("next_seq >= 1", name="next_seq_from_one"),
        Index(None, "account_id", "key_thumbprint", unique=True),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    account_id: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(120))
    public_key: Mapped[str] = mapped_column(Text)
    key_thumbprint: Mapped[Sha256]
    token_sha256: Mapped[Sha256] = mapped_column(unique=True)
    enrolled_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    next_seq: Mapped[int] = mapped_column(default=1)
    ahead: Mapped[list[Any]] = mapped_column(default=list)
    gap_since: Mapped[datetime | None]
    seq_reused_at: Mapped[datetime | None]
    clock_drift_seconds: Mapped[int | None]
    clock_flagged_at: Mapped[datetime | None]
