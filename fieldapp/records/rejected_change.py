"""Operations that the server did not take: kept whole, so that nothing a tablet sent is ever lost."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class RejectedChange(Base):
    """One refused operation: `code` says why, `body` is the operation as it came, in JSON text.

    `root_id` has no foreign key: what is refused may name an inventory that does not exist. `landlord_id` is the tablet's.
    """

    __tablename__ = "rejected_change"
    __table_args__ = (Index(None, "root_id", "received_at"), Index(None, "landlord_id", "settled_at"))

    op_id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    device_id: Mapped[Uuid] = mapped_column(index=True)
    device_seq: Mapped[int]
    root_id: Mapped[Uuid]
    kind: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
