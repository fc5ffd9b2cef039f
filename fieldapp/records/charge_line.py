"""What the office decided of the lines of an exit's assessment; a line without a row is as it was proposed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.charge_sheet import Basis
from fieldapp.domain.condition import State
from fieldapp.domain.price_list import Unit
from fieldapp.domain.settlement import Proof
from fieldapp.records.base import Base, Cents, Sha256, Uuid
from fieldapp.records.choice import one_of


class ChargeRow(Base):
    """One work on one line: `quantity` in hundredths of its unit, `price` in cents before tax, `vat` in hundredths of a percent.

    `decided` is the amount in cents that a person set where no rule gives one, with the reason for it.
    """

    __tablename__ = "charge_line"
    __table_args__ = (
        one_of("unit", Unit),
        one_of("proof", Proof),
        one_of("basis", Basis),
        one_of("entry_state", State),
        CheckConstraint(
            "(price IS NULL) = (quantity IS NULL) AND (price IS NULL) = (vat IS NULL) AND (price IS NULL) = (proof IS NULL)",
            name="priced_whole",
        ),
        CheckConstraint("price >= 0 AND quantity > 0 AND vat >= 0", name="amounts_possible"),
        CheckConstraint("decided IS NULL OR (decided >= 0 AND decided_why <> '')", name="decided_with_reason"),
    )

    inventory_id: Mapped[Uuid] = mapped_column(ForeignKey("settlement.inventory_id"), primary_key=True)
    line_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    label: Mapped[str] = mapped_column(String(200), default="")
    quantity: Mapped[int | None]
    unit: Mapped[str | None] = mapped_column(String(10))
    price: Mapped[int | None]
    vat: Mapped[int | None]
    wear_kind: Mapped[str] = mapped_column(String(200), default="")
    proof: Mapped[str | None] = mapped_column(String(10))
    reference: Mapped[str] = mapped_column(String(200), default="")
    started_on: Mapped[date | None]
    basis: Mapped[str | None] = mapped_column(String(20))
    entry_state: Mapped[str | None] = mapped_column(String(20))
    decided: Mapped[Cents | None]
    decided_why: Mapped[str] = mapped_column(String(500), default="")


class ChargeFile(Base):
    """A quote or an invoice that proves a line: its bytes are the blob `proofs/<sha256>`."""

    __tablename__ = "charge_file"
    __table_args__ = (
        ForeignKeyConstraint(
            ["inventory_id", "line_id"],
            ["charge_line.inventory_id", "charge_line.line_id"],
            name="fk_charge_file_charge_line",
        ),
        CheckConstraint("bytes > 0", name="bytes_positive"),
        CheckConstraint("media_type IN ('application/pdf', 'image/jpeg', 'image/png')", name="media_type_known"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    inventory_id: Mapped[Uuid] = mapped_column(index=True)
    line_id: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[Sha256]
    bytes: Mapped[int]
    added_at: Mapped[datetime]
