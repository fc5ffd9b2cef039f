"""The appointments of the field agents."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.appointment import AppointmentKind, AppointmentState
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class Appointment(Base):
    """One agent at one dwelling, from `starts_at` to `ends_at`; `inventory_id` is what is made there.

    A visit has neither tenancy nor inventory: its `visit` names the appointment.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        one_of("kind", AppointmentKind),
        one_of("state", AppointmentState),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint(
            "(kind IN ('sales_visit', 'acceptance', 'vacant_check', 'addendum')) = (inventory_id IS NULL)"
            " AND (inventory_id IS NULL) = (tenancy_id IS NULL)",
            name="inventory_unless_visit",
        ),
        Index(None, "agent_id", "starts_at"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    agency_id: Mapped[Uuid] = mapped_column(ForeignKey("agency.id"), index=True)
    agent_id: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"), index=True)
    tenancy_id: Mapped[Uuid | None] = mapped_column(ForeignKey("tenancy.id"), index=True)
    inventory_id: Mapped[Uuid | None] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12), default=AppointmentState.PLANNED)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(300), default="")
    cancel_reason: Mapped[str] = mapped_column(String(300), default="")

    @property
    def inventory_made(self) -> str:
        """The id of the inventory that is made there; raises `LookupError` for a visit."""
        if self.inventory_id is None:
            raise LookupError(f"no inventory is made at {self.id}")
        return self.inventory_id
