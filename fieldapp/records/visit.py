"""The header of each visit: whose it is, how far it has come, what it still waits for."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.appointment import SlotKind
from fieldapp.domain.visit import VisitState
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class Visit(Base):
    """One visit, sibling of `inventory`; its content is in `field_state`, and its appointment says what it is for.

    `closed_at` is when the agent ended it, `received_at` when everything was durable here: the tablet drops it then.
    """

    __tablename__ = "visit"
    __table_args__ = (
        one_of("slot", SlotKind),
        one_of("state", VisitState),
        CheckConstraint("received_at IS NULL OR closed_at IS NOT NULL", name="received_once_closed"),
        CheckConstraint("missing_photos >= 0 AND conflicts >= 0 AND rejections >= 0", name="counts_natural"),
        Index(None, "landlord_id", "state"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    agency_id: Mapped[Uuid] = mapped_column(ForeignKey("agency.id"), index=True)
    agent_id: Mapped[Uuid] = mapped_column(ForeignKey("account.id"), index=True)
    appointment_id: Mapped[Uuid] = mapped_column(ForeignKey("appointment.id"), unique=True)
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"), index=True)
    slot: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(12), default=VisitState.PLANNED)
    started_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    missing_photos: Mapped[int] = mapped_column(default=0)
    conflicts: Mapped[int] = mapped_column(default=0)
    rejections: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(BigInteger, default=0)
