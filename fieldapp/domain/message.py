"""A message to somebody outside the office: what it is for, how it travels and what it is about."""

from enum import StrEnum


class Purpose(StrEnum):
    """What a message is for."""

    INVENTORY_COPY = "inventory_copy"
    SETTLEMENT_PAPERS = "settlement_papers"
    VISIT_SLIP = "visit_slip"
    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a code, not a password
    CONVOCATION = "convocation"
    REMINDER = "reminder"
    CANCELLATION = "cancellation"
    REPLY_REMINDER = "reply_reminder"


class Channel(StrEnum):
    """How a message travels."""

    EMAIL = "email"
    TEXT = "text"
    LETTER = "letter"


class MessageState(StrEnum):
    """How far a message has come; `KEPT` stays in the outbox, as no server that could carry it is set."""

    WAITING = "waiting"
    KEPT = "kept"
    SENT = "sent"
    FAILED = "failed"


class Topic(StrEnum):
    """The kind of thing that a message is about."""

    INVENTORY = "inventory"
    SETTLEMENT = "settlement"
    VISIT_DOCUMENT = "visit_document"
    ACCOUNT = "account"
    APPOINTMENT = "appointment"
    PROPOSAL = "proposal"
