"""How far the office has come with each inventory, and where it stands in the office's list."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.review import Verdict
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class Review(Base):
    """One row an inventory, kept beside its header so that a long list is read from one index.

    `reasons` has one bit for each reason (`domain.urgency`), `rank` is the worst one's, and beyond all of them for what was
    cancelled before anybody began it. `place` orders what has one rank:
    seconds since 1970, of what is done the newest first (negative). `rejudge_at` is when time alone changes the judgement.
    `heard_at` is when a tablet last wrote. `rev` counts the decisions: who decides says which one was on the screen. `note` is why there is a dispute.
    """

    __tablename__ = "review"
    __table_args__ = (
        one_of("verdict", Verdict),
        CheckConstraint("(verdict IS NULL) = (decided_at IS NULL)", name="verdict_dated"),
        # Whatever the list is narrowed to, it is found and counted without looking at a row.
        Index(
            "ix_review_by_landlord",
            *(
                "landlord_id",
                "rank",
                "place",
                "inventory_id",
                "kind",
                "state",
                "agency_id",
                "agent_id",
                "reasons",
                "at",
            ),
        ),
        Index("ix_review_by_agency", "landlord_id", "agency_id", "rank", "place", "inventory_id"),
        Index("ix_review_by_agent", "landlord_id", "agent_id", "rank", "place", "inventory_id"),
        Index(None, "rejudge_at"),
    )

    inventory_id: Mapped[Uuid] = mapped_column(ForeignKey("inventory.id"), primary_key=True)
    landlord_id: Mapped[Uuid]
    agency_id: Mapped[Uuid]
    agent_id: Mapped[Uuid]
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12))
    reasons: Mapped[int] = mapped_column(Integer)
    rank: Mapped[int] = mapped_column(SmallInteger)
    place: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime | None]
    heard_at: Mapped[datetime | None]
    rejudge_at: Mapped[datetime | None]
    verdict: Mapped[str | None] = mapped_column(String(12))
    rev: Mapped[int] = mapped_column(default=0)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[Uuid | None] = mapped_column(ForeignKey("account.id"))
    note: Mapped[str] = mapped_column(String(1000), default="", server_default="")
