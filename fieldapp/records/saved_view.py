"""The lists that a person comes back to."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class SavedView(Base):
    """A name that one person gave to a narrowed list; `query` is the address's own, which holds codes and ids only."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    account_id: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(400))
