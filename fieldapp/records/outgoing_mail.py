"""The outbox: every message that the office sends, or would send if it had a server for it, with what it carries."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.message import Channel, MessageState, Purpose, Topic
from fieldapp.records.base import Base, Sha256, Uuid
from fieldapp.records.choice import one_of


class OutgoingMail(Base):
    """One message; `body` holds `{link}` where the secret of `link_id` goes, so that the secret is never kept.

    `topic` and `topic_id` say what it is about, `recipient_id` who of the people there it is for. `message_id` and
    `answer` are the proof of sending: how the message is known outside, and what the server said that took it.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        one_of("purpose", Purpose),
        one_of("channel", Channel),
        one_of("state", MessageState),
        one_of("topic", Topic),
        CheckConstraint("(topic IS NULL) = (topic_id IS NULL)", name="topic_whole"),
        CheckConstraint("tries >= 0", name="tries_natural"),
        Index(None, "landlord_id", "created_at"),
        Index(None, "topic_id"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    agency_id: Mapped[Uuid | None] = mapped_column(ForeignKey("agency.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(2))
    topic: Mapped[str | None] = mapped_column(String(20))
    topic_id: Mapped[Uuid | None]
    recipient_id: Mapped[Uuid | None]
    link_id: Mapped[Uuid | None]
    to_address: Mapped[str] = mapped_column(String(500))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    problem: Mapped[str | None] = mapped_column(String(200))
    tries: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[str | None] = mapped_column(String(200))
    answer: Mapped[str | None] = mapped_column(String(300))
    created_by: Mapped[Uuid | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class MailAttachment(Base):
    """A file that a message carries: where its bytes lie, and how the recipient sees it called."""

    __tablename__ = "mail_attachment"
    __table_args__ = (CheckConstraint("bytes > 0", name="bytes_positive"),)

    mail_id: Mapped[Uuid] = mapped_column(ForeignKey("outgoing_mail.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[Sha256] = mapped_column(primary_key=True)
    folder: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(60))
    bytes: Mapped[int]
