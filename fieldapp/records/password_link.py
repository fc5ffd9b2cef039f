"""The secret links by which members of staff choose a password: invitations and resets."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Sha256, Uuid


class PasswordLink(Base):
    """One link, good once; only the hash of its secret is kept, and the secret is made again from `id` when it is sent."""

    __tablename__ = "password_link"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="lives"),)

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    account_id: Mapped[Uuid] = mapped_column(ForeignKey("account.id"), index=True)
    token_sha256: Mapped[Sha256] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
