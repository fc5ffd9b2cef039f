"""What was signed at visits: slips and formal answers, acceptances of works and checks, addenda, each with its sealed file."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.visit import Answer, DocumentKind
from fieldapp.records.base import Base, Sha256, Uuid
from fieldapp.records.choice import one_of


class VisitDocument(Base):
    """One accepted record: its bytes lie under `records/<record_sha256>`, the sealed file under `reports/<report_sha256>`.

    `decision` is what the candidate did with it; only a signed answer answers an offer. A technical document and an
    addendum have no candidate: the agent signs them for the landlord. Once `erased_at` is set both files are gone, and the hashes prove copies.
    """

    __tablename__ = "visit_document"
    __table_args__ = (
        one_of("kind", DocumentKind),
        one_of("answer", Answer),
        CheckConstraint("decision IN ('signed', 'refused')", name="decision_known"),
        CheckConstraint("(kind = 'visit_answer') = (answer IS NOT NULL)", name="answer_of_answers"),
        CheckConstraint(
            "(kind IN ('acceptance', 'vacant_check', 'addendum')) = (candidate_id IS NULL)",
            name="candidate_unless_technical",
        ),
        CheckConstraint(
            "(sealed_at IS NULL) = (report_sha256 IS NULL) AND (sealed_at IS NULL) = (level IS NULL)", name="seal_whole"
        ),
        Index(None, "visit_id"),
        Index(None, "candidate_id"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    visit_id: Mapped[Uuid] = mapped_column(ForeignKey("visit.id"))
    candidate_id: Mapped[Uuid | None] = mapped_column(ForeignKey("candidate.id"))
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(40))
    decision: Mapped[str] = mapped_column(String(10))
    answer: Mapped[str | None] = mapped_column(String(10))
    record_sha256: Mapped[Sha256] = mapped_column(unique=True)
    accepted_at: Mapped[datetime]
    report_sha256: Mapped[Sha256 | None] = mapped_column(unique=True)
    bytes: Mapped[int | None]
    level: Mapped[str | None] = mapped_column(String(20))
    sealed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
