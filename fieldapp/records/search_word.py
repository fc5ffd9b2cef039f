"""What the office finds people, addresses and references by: folded words, their triples of letters, and where they stand."""

from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Identity, Uuid
from fieldapp.records.choice import one_of


class Subject(StrEnum):
    """What is found."""

    TENANCY = "tenancy"
    DWELLING = "dwelling"
    CANDIDATE = "candidate"


class SearchWord(Base):
    """A word that stands somewhere in a landlord's stock, once."""

    __tablename__ = "search_word"
    __table_args__ = (UniqueConstraint("landlord_id", "word"),)

    id: Mapped[Identity]
    landlord_id: Mapped[Uuid]
    # By code points on both databases, so that what begins like a word is one run of the index.
    word: Mapped[str] = mapped_column(String(40).with_variant(String(40, collation="C"), "postgresql"))


class SearchGram(Base):
    """Three letters of a word: what a word with a typing error still shares with the right one."""

    __tablename__ = "search_gram"
    __table_args__ = (Index(None, "word_id"), {"sqlite_with_rowid": False})

    landlord_id: Mapped[Uuid] = mapped_column(primary_key=True)
    gram: Mapped[str] = mapped_column(String(3), primary_key=True)
    word_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("search_word.id", ondelete="CASCADE"), primary_key=True)


class SearchPlace(Base):
    """A word of one tenancy, dwelling or candidate; without an agency everybody of the landlord finds it."""

    __tablename__ = "search_place"
    __table_args__ = (one_of("kind", Subject), Index(None, "subject_id"), {"sqlite_with_rowid": False})

    word_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("search_word.id", ondelete="CASCADE"), primary_key=True)
    subject_id: Mapped[Uuid] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    landlord_id: Mapped[Uuid]
    agency_id: Mapped[Uuid | None]
