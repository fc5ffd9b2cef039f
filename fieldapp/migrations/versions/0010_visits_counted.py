"""visits counted: the figures read one index instead of every row."""

from collections.abc import Sequence

from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Change the shape."""
    columns = ["landlord_id", "building_id", "agency_id", "month", "result", "principal_reason", "day"]
    with op.batch_alter_table("visit_outcome") as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_outcome_landlord_id_day"))
        batch_op.create_index("ix_visit_outcome_counted", columns, unique=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("visit_outcome") as batch_op:
        batch_op.drop_index("ix_visit_outcome_counted")
        batch_op.create_index(batch_op.f("ix_visit_outcome_landlord_id_day"), ["landlord_id", "day"], unique=False)
