"""What each visit came to, candidate by candidate: what the figures are counted from."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.visit_result import VisitResult
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class VisitOutcome(Base):
    """The outcome for one candidate, with codes only; building and agency as they were on the day.

    `month` is `2026-11`. `proposal_id` leads to how it ended; a candidate whose data was erased stays a bare number.
    """

    __tablename__ = "visit_outcome"
    __table_args__ = (
        one_of("result", VisitResult),
        # All that is counted, in the order in which it is grouped: the figures read this index and nothing else.
        Index(
            "ix_visit_outcome_counted",
            "landlord_id",
            "building_id",
            "agency_id",
            "month",
            "result",
            "principal_reason",
            "day",
        ),
        Index(None, "visit_id"),
        Index(None, "candidate_id"),
        Index(None, "proposal_id", "day"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    agency_id: Mapped[Uuid] = mapped_column(ForeignKey("agency.id"))
    building_id: Mapped[Uuid] = mapped_column(ForeignKey("building.id"))
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"))
    visit_id: Mapped[Uuid] = mapped_column(ForeignKey("visit.id"))
    candidate_id: Mapped[Uuid] = mapped_column(ForeignKey("candidate.id"))
    proposal_id: Mapped[Uuid | None] = mapped_column(ForeignKey("proposal.id"))
    day: Mapped[date]
    month: Mapped[str] = mapped_column(String(7))
    result: Mapped[str] = mapped_column(String(16))
    principal_reason: Mapped[str | None] = mapped_column(String(24))


class VisitReason(Base):
    """One reason that a candidate gave for saying no, the principal one among them."""

    __tablename__ = "visit_reason"

    outcome_id: Mapped[Uuid] = mapped_column(ForeignKey("visit_outcome.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(24), primary_key=True)
