"""The systems of the landlord that hear what happens here."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class Connector(Base):
    """One target: an address that events are posted to, or a folder that files are dropped into.

    `secret` signs the messages and is kept encrypted; a folder has none. While `paused_until` lies ahead nothing is
    sent: the last try failed.
    """

    __tablename__ = "connector"
    __table_args__ = (
        CheckConstraint("kind IN ('web', 'folder')", name="kind_known"),
        CheckConstraint("kind <> 'web' OR secret IS NOT NULL", name="web_signs"),
        CheckConstraint("failures >= 0", name="failures_natural"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    target: Mapped[str] = mapped_column(String(500))
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    paused_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[Uuid | None] = mapped_column(ForeignKey("account.id"))
