"""What visits left to the office: questions to answer and copies to post."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.follow_up import FollowUpKind, FollowUpState
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class VisitFollowUp(Base):
    """One question or one copy, with the id that the tablet gave to the question or the promise.

    `topic` and `text` are those of a question, `document_id` that of a copy; `answer` is what the office said.
    """

    __tablename__ = "visit_follow_up"
    __table_args__ = (
        one_of("kind", FollowUpKind),
        one_of("state", FollowUpState),
        CheckConstraint("(kind = 'copy') = (document_id IS NOT NULL)", name="document_of_copies"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done_dated"),
        CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="done_by_somebody"),
        Index(None, "landlord_id", "state"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    agency_id: Mapped[Uuid] = mapped_column(ForeignKey("agency.id"), index=True)
    visit_id: Mapped[Uuid] = mapped_column(ForeignKey("visit.id"), index=True)
    candidate_id: Mapped[Uuid | None] = mapped_column(ForeignKey("candidate.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    document_id: Mapped[Uuid | None]
    topic: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(String(2000), default="")
    state: Mapped[str] = mapped_column(String(10), default=FollowUpState.OPEN)
    answer: Mapped[str] = mapped_column(String(300), default="")
    raised_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[Uuid | None] = mapped_column(ForeignKey("account.id"))
