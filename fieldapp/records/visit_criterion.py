"""The criteria on which a landlord asks candidates for their opinion."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class VisitCriterion(Base):
    """One criterion of a landlord; one that has none asks those that come with the program."""

    __tablename__ = "visit_criterion"

    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    label_fr: Mapped[str] = mapped_column(String(80))
    label_en: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
