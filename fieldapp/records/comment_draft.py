"""Comments that the office has written on an inventory and not yet sent to its agent."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.review import CommentOn
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class CommentDraft(Base):
    """One comment, pinned to an entity of the inventory; once sent it is an operation of the server, and this row is gone."""

    __tablename__ = "comment_draft"
    __table_args__ = (one_of("subject_kind", CommentOn),)

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid]
    inventory_id: Mapped[Uuid] = mapped_column(ForeignKey("inventory.id"), index=True)
    account_id: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    subject_kind: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[Uuid]
    text: Mapped[str] = mapped_column(String(2000))
    written_at: Mapped[datetime]
