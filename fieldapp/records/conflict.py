"""Two devices wrote different values to one field: what was kept, and what lost."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Identity, Uuid


class Conflict(Base):
    """One disagreement, with both values as canonical JSON text; `weighty` ones ask a person of the office to look."""

    __tablename__ = "conflict"
    __table_args__ = (Index(None, "root_id", "settled_at"), Index(None, "landlord_id", "settled_at"))

    id: Mapped[Identity]
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    root_id: Mapped[Uuid]
    entity_id: Mapped[Uuid]
    kind: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(String(40))
    kept_op_id: Mapped[Uuid]
    kept_device_id: Mapped[Uuid]
    kept_value: Mapped[str] = mapped_column(Text)
    kept_hlc: Mapped[str] = mapped_column(String(18))
    lost_op_id: Mapped[Uuid]
    lost_device_id: Mapped[Uuid]
    lost_value: Mapped[str] = mapped_column(Text)
    lost_hlc: Mapped[str] = mapped_column(String(18))
    weighty: Mapped[bool]
    found_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[Uuid | None] = mapped_column(ForeignKey("account.id"))
