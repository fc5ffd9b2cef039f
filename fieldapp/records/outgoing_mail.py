"""The outbox: every message that the office sends, or would send if it had a mail server."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class OutgoingMail(Base):
    """One message; `body` holds `{link}` where the secret of `link_id` goes, so that the secret is never kept.

    `kept` is the state of an installation without a mail server: the message stays here for a person to read.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'kept', 'sent', 'failed')", name="state_known"),
        Index(None, "landlord_id", "created_at"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    inventory_id: Mapped[Uuid] = mapped_column(ForeignKey("inventory.id"), index=True)
    party_id: Mapped[Uuid]
    link_id: Mapped[Uuid] = mapped_column(ForeignKey("handover_link.id"))
    to_address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    problem: Mapped[str | None] = mapped_column(String(200))
    created_by: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
