"""The landlord: the partition of every table."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.landlord import LandlordKind
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class Landlord(Base):
    """A landlord with its seat and the two colours of its screens; `demonstration` marks invented data.

    `second_factor_for` says who is not let in without a second factor: administrators, or everybody in the office.
    `estimates` says whether agents show what an exit may cost on the spot, where a price list is in force.
    """

    __tablename__ = "landlord"
    __table_args__ = (
        one_of("kind", LandlordKind),
        CheckConstraint("second_factor_for IN ('admin', 'office')", name="second_factor_for_known"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    street: Mapped[str] = mapped_column(String(120))
    postcode: Mapped[str] = mapped_column(String(10))
    town: Mapped[str] = mapped_column(String(80))
    siren: Mapped[str] = mapped_column(String(20))
    phone: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(120))
    brand: Mapped[str] = mapped_column(String(7))
    signal: Mapped[str] = mapped_column(String(7))
    second_factor_for: Mapped[str] = mapped_column(String(10), default="admin")
    estimates: Mapped[bool] = mapped_column(default=True)
    demonstration: Mapped[bool] = mapped_column(default=False)
