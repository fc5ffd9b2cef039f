"""reviews: where each inventory stands in the office's list, and the lists that a person keeps."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

RANKS = {"held": 0, "interrupted": 13, "sealed": 16, "closed": 20, "in_progress": 21, "planned": 22}
"""A first place by the state alone; the worker's next tidying judges each inventory as it judges new ones."""


def upgrade() -> None:
    """Change the shape."""
    op.create_table(
        "saved_view",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_saved_view_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_saved_view_account_id_name")),
    )
    op.create_table(
        "review",
        sa.Column("inventory_id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("agency_id", sa.String(length=36), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.Integer(), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rejudge_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.CheckConstraint(
            "verdict IN ('accepted', 'returned', 'corrected', 'addendum', 'disputed')",
            name=op.f("ck_review_verdict_known"),
        ),
        sa.CheckConstraint("(verdict IS NULL) = (decided_at IS NULL)", name=op.f("ck_review_verdict_dated")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_review_decided_by_account")),
        sa.ForeignKeyConstraint(["inventory_id"], ["inventory.id"], name=op.f("fk_review_inventory_id_inventory")),
        sa.PrimaryKeyConstraint("inventory_id", name=op.f("pk_review")),
    )
    op.create_index("ix_review_by_agency", "review", ["agency_id", "rank", "place", "inventory_id"])
    op.create_index("ix_review_by_agent", "review", ["agent_id", "rank", "place", "inventory_id"])
    op.create_index("ix_review_by_day", "review", ["landlord_id", "at"])
    op.create_index("ix_review_by_landlord", "review", ["landlord_id", "rank", "place", "inventory_id"])
    op.create_index(op.f("ix_review_rejudge_at"), "review", ["rejudge_at"])
    _place_what_is_here()


def _place_what_is_here() -> None:
    """Give every inventory a place now: a list that is empty for an hour would look like a loss."""
    for state, rank in RANKS.items():
        op.execute(
            sa.text(
                "INSERT INTO review (inventory_id, landlord_id, agency_id, agent_id, kind, state, stands, reasons, rank,"
                " place, at, rejudge_at, rev) SELECT i.id, i.landlord_id, i.agency_id, i.agent_id, i.kind, i.state,"
                " COALESCE(a.state, '') <> 'cancelled' OR i.state <> 'planned', :reasons, :rank, 0,"
                " COALESCE(i.closed_at, i.started_at, a.starts_at), COALESCE(i.closed_at, i.started_at, a.starts_at,"
                " '2000-01-01 00:00:00'), 0 FROM inventory i LEFT JOIN appointment a ON a.id = i.appointment_id"
                " WHERE i.state = :state"
            ).bindparams(reasons=1 << rank, rank=rank, state=state)
        )


def downgrade() -> None:
    """Change it back."""
    op.drop_table("review")
    op.drop_table("saved_view")
