"""The keys and other means of access that a dwelling has."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.key import KeyKind
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class Key(Base):
    """Means of access of one kind for one destination, private or common."""

    __tablename__ = "key"
    __table_args__ = (
        UniqueConstraint("dwelling_id", "position"),
        UniqueConstraint("dwelling_id", "reference"),
        one_of("key_kind", KeyKind),
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"))
    reference: Mapped[str | None] = mapped_column(String(40))
    key_kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(80))
    destination: Mapped[str] = mapped_column(String(120))
    quantity: Mapped[int]
    number: Mapped[str] = mapped_column(String(60), default="")
    position: Mapped[int]
