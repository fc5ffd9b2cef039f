"""Signed records that the server did not accept: their bytes are kept, so that nothing that was signed is ever lost."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Sha256, Uuid


class RefusedRecord(Base):
    """One refused record: its bytes lie under `records/<sha256>`, `code` says why and `detail` where.

    `settled_at` is when the inventory was reopened to be signed again, or when this very record was accepted after all.
    """

    __tablename__ = "refused_record"

    root_id: Mapped[Uuid] = mapped_column(ForeignKey("inventory.id"), primary_key=True)
    sha256: Mapped[Sha256] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    device_id: Mapped[Uuid]
    code: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
