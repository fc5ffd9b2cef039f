"""The links by which a party fetches the sealed report."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Sha256, Uuid


class HandoverLink(Base):
    """One link for one party; only the hash of its secret is kept, and the secret is made again from `id` when shown."""

    __tablename__ = "handover_link"
    __table_args__ = (
        CheckConstraint("channel IN ('link', 'email')", name="channel_known"),
        CheckConstraint("expires_at > created_at", name="lives"),
        CheckConstraint("downloads >= 0", name="downloads_natural"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    inventory_id: Mapped[Uuid] = mapped_column(ForeignKey("inventory.id"), index=True)
    party_id: Mapped[Uuid]
    channel: Mapped[str] = mapped_column(String(10))
    token_sha256: Mapped[Sha256] = mapped_column(unique=True)
    created_by: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    downloads: Mapped[int] = mapped_column(default=0)
    last_download_at: Mapped[datetime | None]
