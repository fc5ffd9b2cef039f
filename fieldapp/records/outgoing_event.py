"""The transactional outbox: what other systems have to hear, and how far each of them was told."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class OutgoingEvent(Base):
    """One thing that happened, written in the transaction that made it happen; `body` is what is sent, byte for byte.

    `subject_id` is what it is about; `sequence` grows with each event of a landlord, so that who hears two of one subject
    in the wrong order knows which is the later.
    """

    __tablename__ = "outgoing_event"
    __table_args__ = (UniqueConstraint("landlord_id", "sequence"),)

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    agency_id: Mapped[Uuid | None] = mapped_column(ForeignKey("agency.id"))
    sequence: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[Uuid] = mapped_column(index=True)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class EventCounter(Base):
    """The last sequence number of a landlord, locked by whoever writes an event until it commits."""

    __tablename__ = "event_counter"

    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)


class EventDelivery(Base):
    """One event for one target; it is tried for days, then given up in sight of the office, which can send it again."""

    __tablename__ = "event_delivery"
    __table_args__ = (
        UniqueConstraint("event_id", "connector_id"),
        CheckConstraint("state IN ('waiting', 'delivered', 'given_up')", name="state_known"),
        Index(None, "connector_id", "state"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    event_id: Mapped[Uuid] = mapped_column(ForeignKey("outgoing_event.id"))
    connector_id: Mapped[Uuid] = mapped_column(ForeignKey("connector.id"))
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(String(60))
