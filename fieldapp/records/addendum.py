"""What is asked to be said after the signature of an inventory, and what became of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.addendum import AddendumKind, AddendumState
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of

OPEN = text("state = 'asked'")


class Addendum(Base):
    """One request, of which the signed document is made at `visit_id`; the office's refusal has none, and says why.

    Of one inventory at most one is open. `in_time` says whether the delay of the law holds; null where there is none.
    """

    __tablename__ = "addendum"
    __table_args__ = (
        one_of("kind", AddendumKind),
        one_of("state", AddendumState),
        CheckConstraint("(state = 'rejected') = (visit_id IS NULL)", name="visit_unless_rejected"),
        CheckConstraint("state <> 'rejected' OR answer <> ''", name="rejected_with_reason"),
        CheckConstraint("kind <> 'tenant_request' OR requested_on IS NOT NULL", name="request_dated"),
        CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name="ended_unless_asked"),
        Index("uq_addendum_open", "inventory_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    inventory_id: Mapped[Uuid] = mapped_column(ForeignKey("inventory.id"), index=True)
    visit_id: Mapped[Uuid | None] = mapped_column(ForeignKey("visit.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12), default=AddendumState.ASKED)
    requested_on: Mapped[date | None]
    in_time: Mapped[bool | None]
    words: Mapped[str] = mapped_column(String(1000))
    due_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(String(1000), default="")
    asked_by: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
