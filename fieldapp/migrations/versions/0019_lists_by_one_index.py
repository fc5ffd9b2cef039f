"""lists by one index: whatever the office's list is narrowed to is found and counted without looking at a row."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEYOND = 24
"""The rank of what was cancelled before anybody began it."""

BEFORE = {
    "ix_review_by_agency": ["agency_id", "rank", "place", "inventory_id"],
    "ix_review_by_agent": ["agent_id", "rank", "place", "inventory_id"],
    "ix_review_by_day": ["landlord_id", "at"],
    "ix_review_by_landlord": ["landlord_id", "rank", "place", "inventory_id"],
}
AFTER = {
    "ix_review_by_agency": ["landlord_id", "agency_id", "rank", "place", "inventory_id"],
    "ix_review_by_agent": ["landlord_id", "agent_id", "rank", "place", "inventory_id"],
    "ix_review_by_landlord": [
        "landlord_id",
        "rank",
        "place",
        "inventory_id",
        "kind",
        "state",
        "agency_id",
        "agent_id",
        "reasons",
        "at",
    ],
}


def upgrade() -> None:
    """Change the shape."""
    op.execute(sa.text(f"UPDATE review SET rank = {BEYOND} WHERE NOT stands"))  # noqa: S608 - our own number
    _indexes(BEFORE, AFTER)
    with op.batch_alter_table("review") as batch:
        batch.drop_column("stands")


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("review") as batch:
        batch.add_column(sa.Column("stands", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(sa.text(f"UPDATE review SET stands = (rank <> {BEYOND})"))  # noqa: S608 - our own number
    _indexes(AFTER, BEFORE)


def _indexes(old: dict[str, list[str]], new: dict[str, list[str]]) -> None:
    for name in old:
        op.drop_index(name, "review")
    for name, columns in new.items():
        op.create_index(name, "review", columns)
