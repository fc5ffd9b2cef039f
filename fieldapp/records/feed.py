"""The counter behind the tablets' cursors: one row, locked by whoever writes until it commits."""

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base


class Feed(Base):
    """The last position given out.

    A database sequence would give positions in the order in which they were asked for; a reader could then pass one that
    is committed later and never see it. The lock on this row makes positions follow the order of commits.
    """

    __tablename__ = "feed"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger)
