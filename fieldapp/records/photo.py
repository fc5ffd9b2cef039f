"""A file of a photograph as the server holds it: which bytes, how far they are, what the examination said."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Sha256, Uuid


class Photo(Base):
    """One uploaded file, known by the SHA-256 of its bytes: received whole, then examined.

    A row exists only when the bytes are durable under `photos/<sha256>`; `verdict` stays `pending` until the worker has
    decoded them, then says `safe` or `unusable` with a reason code.
    """

    __tablename__ = "photo"
    __table_args__ = (CheckConstraint("verdict IN ('pending', 'safe', 'unusable')", name="verdict_known"),)

    sha256: Mapped[Sha256] = mapped_column(primary_key=True)
    bytes: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(10), default="pending")
    reason: Mapped[str | None] = mapped_column(String(40))
    width: Mapped[int | None]
    height: Mapped[int | None]
    received_at: Mapped[datetime]
    examined_at: Mapped[datetime | None]
    feed_position: Mapped[int | None]


class PhotoUse(Base):
    """Which inventory or visit names which file, written when the tablet's operation arrives: before or after the bytes.

    `subject_id` is the thing that it shows; None where an earlier release wrote the row and nothing says it any more.
    """

    __tablename__ = "photo_use"
    __table_args__ = (Index("ix_photo_use_sha256", "sha256"),)

    root_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    photo_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    size: Mapped[str] = mapped_column(String(10), primary_key=True)
    sha256: Mapped[Sha256]
    subject_id: Mapped[Uuid | None]
