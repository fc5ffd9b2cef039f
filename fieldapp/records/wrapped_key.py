"""The data keys of tablets, wrapped so that only the holder of the landlord's recovery key can open them."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class WrappedKey(Base):
    """One tablet's data key under one recovery key: 256 bits by RSA-OAEP with SHA-256 (RFC 8017, 7.1).

    `key_id` is the name that the tablet's rows carry; `recovery_kid` is the thumbprint of the recovery key (RFC 7638).
    """

    __tablename__ = "wrapped_key"

    device_id: Mapped[Uuid] = mapped_column(ForeignKey("device.id"), primary_key=True)
    key_id: Mapped[Uuid] = mapped_column(primary_key=True)
    recovery_kid: Mapped[str] = mapped_column(String(43), primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime]
