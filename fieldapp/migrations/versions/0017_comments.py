"""comments: what the office writes on an inventory before it sends it back, and why there is a dispute."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Change the shape."""
    op.create_table(
        "comment_draft",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("inventory_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("subject_kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "subject_kind IN ('inventory', 'room', 'element', 'meter', 'key', 'equipment', 'photo')",
            name=op.f("ck_comment_draft_subject_kind_known"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_comment_draft_account_id_account")),
        sa.ForeignKeyConstraint(
            ["inventory_id"], ["inventory.id"], name=op.f("fk_comment_draft_inventory_id_inventory")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_draft")),
    )
    op.create_index(op.f("ix_comment_draft_inventory_id"), "comment_draft", ["inventory_id"])
    op.add_column("review", sa.Column("note", sa.String(length=1000), server_default="", nullable=False))


def downgrade() -> None:
    """Change it back."""
    op.drop_column("review", "note")
    op.drop_table("comment_draft")
