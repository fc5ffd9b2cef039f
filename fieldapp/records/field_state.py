"""The present value of every field of every inventory: what the log of operations has come to."""

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class FieldState(Base):
    """One field of one entity: its value as canonical JSON text, who wrote it when, and its place in the feed.

    `rev` counts the writes that were applied, from 1; `position` grows with each of them, in commit order.
    """

    __tablename__ = "field_state"
    __table_args__ = (Index(None, "root_id", "position"), {"sqlite_with_rowid": False})

    root_id: Mapped[Uuid] = mapped_column(primary_key=True)
    entity_id: Mapped[Uuid] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    landlord_id: Mapped[Uuid]
    kind: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(Text)
    rev: Mapped[int]
    hlc: Mapped[str] = mapped_column(String(18))
    device_id: Mapped[Uuid]
    op_id: Mapped[Uuid]
    position: Mapped[int] = mapped_column(BigInteger)
