"""Who is expected at a sales visit."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class AppointmentCandidate(Base):
    """One candidate of one appointment, with the proposal that brings them there."""

    __tablename__ = "appointment_candidate"
    __table_args__ = (UniqueConstraint("appointment_id", "position"),)

    appointment_id: Mapped[Uuid] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    candidate_id: Mapped[Uuid] = mapped_column(ForeignKey("candidate.id"), primary_key=True, index=True)
    proposal_id: Mapped[Uuid | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    position: Mapped[int]
