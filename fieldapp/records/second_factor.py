"""The second factor of an account, with the codes for the day when the telephone is lost."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Sha256, Uuid


class SecondFactor(Base):
    """One account's authenticator: its secret is kept encrypted, `step` is that of the last code that was good."""

    __tablename__ = "second_factor"

    account_id: Mapped[Uuid] = mapped_column(ForeignKey("account.id"), primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    step: Mapped[int] = mapped_column(BigInteger, default=0)
    since: Mapped[datetime]


class RecoveryCode(Base):
    """One code that replaces the telephone once; only a hash of it is kept."""

    __tablename__ = "recovery_code"

    account_id: Mapped[Uuid] = mapped_column(
        ForeignKey("second_factor.account_id", ondelete="CASCADE"), primary_key=True
    )
    token_sha256: Mapped[Sha256] = mapped_column(primary_key=True)
    used_at: Mapped[datetime | None]
