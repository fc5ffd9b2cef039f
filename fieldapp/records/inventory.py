"""The header of each inventory: whose it is, how far it has come, what it still waits for."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.inventory import InventoryKind, InventoryState, Outcome
from fieldapp.records.base import Base, Sha256, Uuid
from fieldapp.records.choice import one_of


class Inventory(Base):
    """One inventory; its content is in `field_state`, this row is what lists and rules look at.

    `record_sha256` is set when the signed record was rebuilt here and found equal: from then on the content never
    changes, unless the office has it signed again because a photograph in it cannot be read. `received_at` is when record and photographs were all durable; `position` is the header's place in the feed.
    `entry_id` is the move-in that a move-out stands on.
    """

    __tablename__ = "inventory"
    __table_args__ = (
        one_of("kind", InventoryKind),
        one_of("state", InventoryState),
        one_of("outcome", Outcome),
        CheckConstraint(
            "state <> 'sealed' OR (record_sha256 IS NOT NULL AND sealed_at IS NOT NULL)", name="sealed_whole"
        ),
        CheckConstraint("missing_photos >= 0 AND conflicts >= 0 AND rejections >= 0", name="counts_natural"),
        Index(None, "landlord_id", "state"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    agency_id: Mapped[Uuid] = mapped_column(ForeignKey("agency.id"), index=True)
    agent_id: Mapped[Uuid] = mapped_column(ForeignKey("account.id"), index=True)
    appointment_id: Mapped[Uuid | None] = mapped_column(ForeignKey("appointment.id"), unique=True)
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"), index=True)
    tenancy_id: Mapped[Uuid] = mapped_column(ForeignKey("tenancy.id"), index=True)
    entry_id: Mapped[Uuid | None] = mapped_column(ForeignKey("inventory.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(40))
    lease_kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12), default=InventoryState.PLANNED)
    outcome: Mapped[str | None] = mapped_column(String(12))
    record_sha256: Mapped[Sha256 | None]
    started_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    sealed_at: Mapped[datetime | None]
    missing_photos: Mapped[int] = mapped_column(default=0)
    conflicts: Mapped[int] = mapped_column(default=0)
    rejections: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(BigInteger, default=0)
