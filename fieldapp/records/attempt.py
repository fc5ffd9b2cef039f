"""How often something was tried: the counters behind every limit, kept where all processes see them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base


class Attempt(Base):
    """Tries of one kind by one key within one window; the key is a keyed hash, so the table names nobody."""

    __tablename__ = "attempt"
    __table_args__ = (CheckConstraint("count > 0", name="counted"),)

    what: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    window_ends_at: Mapped[datetime]
