"""search: the words by which people, addresses and references are found; the worker fills them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Change the shape."""
    op.create_table(
        "search_word",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column(
            "word", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_word")),
        sa.UniqueConstraint("landlord_id", "word", name=op.f("uq_search_word_landlord_id_word")),
    )
    op.create_table(
        "search_gram",
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("gram", sa.String(length=3), nullable=False),
        sa.Column("word_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["word_id"], ["search_word.id"], name=op.f("fk_search_gram_word_id_search_word"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("landlord_id", "gram", "word_id", name=op.f("pk_search_gram")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_place",
        sa.Column("word_id", sa.BigInteger(), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("agency_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("kind IN ('tenancy', 'dwelling', 'candidate')", name=op.f("ck_search_place_kind_known")),
        sa.ForeignKeyConstraint(
            ["word_id"], ["search_word.id"], name=op.f("fk_search_place_word_id_search_word"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("word_id", "subject_id", name=op.f("pk_search_place")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_search_place_subject_id"), "search_place", ["subject_id"])
    op.create_index(op.f("ix_search_gram_word_id"), "search_gram", ["word_id"])


def downgrade() -> None:
    """Change it back."""
    for table in ("search_place", "search_gram", "search_word"):
        op.drop_table(table)
