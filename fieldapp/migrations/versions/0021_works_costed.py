"""works costed: which trade a works request is for, and what it costs."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TRADES = "trade IN ('exterior', 'openings', 'interior', 'plumbing', 'electricity', 'other')"


def upgrade() -> None:
    """Change the shape."""
    with op.batch_alter_table("works_request") as batch_op:
        batch_op.add_column(sa.Column("trade", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("cost", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_works_request_trade_known"), TRADES)
        batch_op.create_check_constraint(op.f("ck_works_request_cost_natural"), "cost >= 0")


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("works_request") as batch_op:
        batch_op.drop_constraint(op.f("ck_works_request_cost_natural"), type_="check")
        batch_op.drop_constraint(op.f("ck_works_request_trade_known"), type_="check")
        batch_op.drop_column("cost")
        batch_op.drop_column("trade")
