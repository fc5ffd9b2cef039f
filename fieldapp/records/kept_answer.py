"""The answers to requests that carried an Idempotency-Key: the same request again gets the same answer."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Sha256, Uuid


class KeptAnswer(Base):
    """What one client was answered under one key; written in the transaction of what it asked for."""

    __tablename__ = "kept_answer"
    __table_args__ = (Index(None, "created_at"),)

    token_id: Mapped[Uuid] = mapped_column(ForeignKey("api_token.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request_sha256: Mapped[Sha256]
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    location: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
