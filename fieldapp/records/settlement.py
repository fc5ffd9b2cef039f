"""The settlements of exits, the rule of their approval, and the sealed documents that come out."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.settlement_state import SettlementState
from fieldapp.records.base import Base, Cents, Sha256, Uuid
from fieldapp.records.choice import one_of


class Settlement(Base):
    """What the office says of one exit's account; amounts in cents, days as the accountant gave them.

    `document_sha256` names the approved document, `settlements/<sha256>` among the blobs: from then on nothing changes.
    """

    __tablename__ = "settlement"
    __table_args__ = (
        one_of("state", SettlementState),
        CheckConstraint("arrears >= 0 AND credits >= 0 AND provision >= 0", name="amounts_not_negative"),
        CheckConstraint(
            "state NOT IN ('approved', 'sent') OR (document_sha256 IS NOT NULL AND approved_by IS NOT NULL)",
            name="approved_whole",
        ),
        Index(None, "landlord_id", "state"),
    )

    inventory_id: Mapped[Uuid] = mapped_column(ForeignKey("inventory.id"), primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    state: Mapped[str] = mapped_column(String(12), default=SettlementState.DRAFT)
    grid_id: Mapped[Uuid | None] = mapped_column(ForeignKey("wear_grid.id"), index=True)
    price_list_id: Mapped[Uuid | None] = mapped_column(ForeignKey("price_list.id"), index=True)
    due_by: Mapped[date | None]
    notice_ends_on: Mapped[date | None]
    called_until: Mapped[date | None]
    arrears: Mapped[Cents] = mapped_column(default=0)
    credits: Mapped[Cents] = mapped_column(default=0)
    instalments: Mapped[list[Any]] = mapped_column(default=list)
    water: Mapped[Cents] = mapped_column(default=0)
    heating: Mapped[Cents] = mapped_column(default=0)
    provision: Mapped[Cents] = mapped_column(default=0)
    collective_building: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    submitted_by: Mapped[Uuid | None] = mapped_column(ForeignKey("account.id"))
    submitted_at: Mapped[datetime | None]
    approved_by: Mapped[Uuid | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None]
    document_sha256: Mapped[Sha256 | None] = mapped_column(unique=True)
    sent_at: Mapped[datetime | None]
    sent_how: Mapped[str | None] = mapped_column(String(10))


class SettlementRule(Base):
    """From which amount on, in cents, a landlord wants a second person; no row: one person is enough."""

    __tablename__ = "settlement_rule"
    __table_args__ = (CheckConstraint("two_above >= 0", name="amount_not_negative"),)

    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), primary_key=True)
    two_above: Mapped[Cents]


class SettlementReport(Base):
    """One sealed PDF of a settlement: `assessment` or `letter`; its bytes are the blob `reports/<sha256>`."""

    __tablename__ = "settlement_report"
    __table_args__ = (
        CheckConstraint("kind IN ('assessment', 'letter')", name="kind_known"),
        CheckConstraint("bytes > 0", name="bytes_positive"),
    )

    inventory_id: Mapped[Uuid] = mapped_column(ForeignKey("settlement.inventory_id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    sha256: Mapped[Sha256] = mapped_column(unique=True)
    bytes: Mapped[int]
    level: Mapped[str] = mapped_column(String(20))
    sealed_at: Mapped[datetime]
