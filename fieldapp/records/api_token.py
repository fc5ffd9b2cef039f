"""The bearer tokens of other systems."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Sha256, Uuid


class ApiToken(Base):
    """One client of the programming interface: only the hash of its token is kept; `write` may also read."""

    __tablename__ = "api_token"
    __table_args__ = (CheckConstraint("scope IN ('read', 'write')", name="scope_known"),)

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    agency_id: Mapped[Uuid | None] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str] = mapped_column(String(80))
    scope: Mapped[str] = mapped_column(String(5))
    token_sha256: Mapped[Sha256] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    created_by: Mapped[Uuid | None] = mapped_column(ForeignKey("account.id"))
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
