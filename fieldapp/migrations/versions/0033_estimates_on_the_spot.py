"""estimates on the spot: each landlord says whether its agents show a tenant what an exit may cost."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Change the shape: it was so for everybody."""
    with op.batch_alter_table("landlord") as batch_op:
        batch_op.add_column(sa.Column("estimates", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("landlord") as batch_op:
        batch_op.alter_column("estimates", server_default=None)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("landlord") as batch_op:
        batch_op.drop_column("estimates")
