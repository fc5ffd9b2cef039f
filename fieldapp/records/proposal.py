"""The proposals: which dwelling to which candidate, in which rank, how far."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.proposal import CommissionDecision, CommissionStage, ProposalState
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class Proposal(Base):
    """One dwelling for one candidate. `reply_by` is the last day of the answer, computed when the offer is notified."""

    __tablename__ = "proposal"
    __table_args__ = (
        one_of("stage", CommissionStage),
        one_of("decision", CommissionDecision),
        one_of("state", ProposalState),
        CheckConstraint("rank >= 1", name="rank_from_one"),
        CheckConstraint("(notified_on IS NULL) = (reply_by IS NULL)", name="delay_whole"),
        CheckConstraint("state <> 'offered' OR notified_on IS NOT NULL", name="offer_notified"),
        CheckConstraint("(state = 'signed') = (signed_on IS NOT NULL)", name="signature_dated"),
        Index(None, "landlord_id", "state"),
        # The figures count offers and leases by their day, and read nothing else of them.
        Index(None, "landlord_id", "notified_on", "dwelling_id"),
        Index(None, "landlord_id", "signed_on", "dwelling_id", "id"),
        Index(None, "dwelling_id", "rank"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"))
    candidate_id: Mapped[Uuid] = mapped_column(ForeignKey("candidate.id"), index=True)
    rank: Mapped[int | None]
    stage: Mapped[str] = mapped_column(String(8), default=CommissionStage.BEFORE)
    decision: Mapped[str | None] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(10), default=ProposalState.WAITING)
    dalo: Mapped[bool] = mapped_column(default=False)
    notified_on: Mapped[date | None]
    reply_by: Mapped[date | None]
    answered_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    reminded_on: Mapped[date | None]
    created_at: Mapped[datetime]
