"""The log of accepted operations: never updated, never deleted before its inventory is."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class Change(Base):
    """One accepted operation as its device made it; `rev` is null when another write had already won.

    `value` is canonical JSON in text. `captured_at` is the device's clock, `received_at` the server's.
    """

    __tablename__ = "change"

    op_id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid]
    device_id: Mapped[Uuid]
    device_seq: Mapped[int]
    actor_id: Mapped[Uuid]
    root_id: Mapped[Uuid] = mapped_column(index=True)
    entity_id: Mapped[Uuid]
    kind: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(Text)
    base_rev: Mapped[int]
    hlc: Mapped[str] = mapped_column(String(18))
    captured_at: Mapped[datetime]
    received_at: Mapped[datetime]
    schema_v: Mapped[int]
    catalogue_v: Mapped[int]
    rev: Mapped[int | None]
