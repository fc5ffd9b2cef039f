"""What is to be repaired: defects met during a visit, what residents asked for, and what an inventory promised."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.works import Trade, WorksSource, WorksState
from fieldapp.records.base import Base, Cents, Uuid
from fieldapp.records.choice import one_of


class WorksRequest(Base):
    """One request, with the id that the tablet gave it; its photographs are those of the visit or inventory it came from that show it.

    `element_id` is the element of which a promise was made, by its identity in that inventory: the photographs name it.

    `problem` is a code of the visits' catalogue: what a snag is, or what a resident's request is about.
    `trade` is the office's word, None where that of the element holds; `cost` is estimated or paid, tax included; `due` is the day a repair was promised for.
    """

    __tablename__ = "works_request"
    __table_args__ = (
        one_of("source", WorksSource),
        one_of("state", WorksState),
        one_of("trade", Trade),
        CheckConstraint("cost >= 0", name="cost_natural"),
        Index(None, "landlord_id", "state"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    agency_id: Mapped[Uuid] = mapped_column(ForeignKey("agency.id"), index=True)
    building_id: Mapped[Uuid] = mapped_column(ForeignKey("building.id"), index=True)
    dwelling_id: Mapped[Uuid | None] = mapped_column(ForeignKey("dwelling.id"), index=True)
    visit_id: Mapped[Uuid | None] = mapped_column(ForeignKey("visit.id"), index=True)
    inventory_id: Mapped[Uuid | None] = mapped_column(ForeignKey("inventory.id"), index=True)
    element_id: Mapped[Uuid | None]
    source: Mapped[str] = mapped_column(String(12))
    place: Mapped[str | None] = mapped_column(String(64))
    room_kind: Mapped[str | None] = mapped_column(String(64))
    element_kind: Mapped[str | None] = mapped_column(String(64))
    problem: Mapped[str | None] = mapped_column(String(64))
    where: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(String(2000), default="")
    urgent: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default=WorksState.NEW)
    routed_to: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    trade: Mapped[str | None] = mapped_column(String(12))
    cost: Mapped[Cents | None]
    raised_by: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    raised_at: Mapped[datetime]
    due: Mapped[date | None]
    settled_at: Mapped[datetime | None]
