"""visits followed up: questions to answer and copies to post."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWNERS = (
    ("landlord_id", "landlord"),
    ("agency_id", "agency"),
    ("visit_id", "visit"),
    ("candidate_id", "candidate"),
    ("done_by", "account"),
)


def upgrade() -> None:
    """Change the shape."""
    op.create_table(
        "visit_follow_up",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("agency_id", sa.String(length=36), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("candidate_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("document_id", sa.String(length=36), nullable=True),
        sa.Column("topic", sa.String(length=64), nullable=True),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=36), nullable=True),
        sa.CheckConstraint("kind IN ('question', 'copy')", name=op.f("ck_visit_follow_up_kind_known")),
        sa.CheckConstraint("state IN ('open', 'done', 'dropped')", name=op.f("ck_visit_follow_up_state_known")),
        sa.CheckConstraint(
            "(kind = 'copy') = (document_id IS NOT NULL)", name=op.f("ck_visit_follow_up_document_of_copies")
        ),
        sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name=op.f("ck_visit_follow_up_done_dated")),
        sa.CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name=op.f("ck_visit_follow_up_done_by_somebody")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_visit_follow_up_{column}_{table}"))
            for column, table in OWNERS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_follow_up")),
    )
    for columns in (["agency_id"], ["visit_id"], ["candidate_id"], ["landlord_id", "state"]):
        op.create_index(op.f(f"ix_visit_follow_up_{'_'.join(columns)}"), "visit_follow_up", columns)


def downgrade() -> None:
    """Change it back."""
    op.drop_table("visit_follow_up")
