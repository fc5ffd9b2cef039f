"""imported surroundings: places have a reference of the landlord's, people on a lease their language."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

UNIQUE = "uq_place_building_id_reference"


def upgrade() -> None:
    """Change the shape; everybody so far was written to in French."""
    with op.batch_alter_table("place") as batch_op:
        batch_op.add_column(sa.Column("reference", sa.String(length=40), nullable=True))
        batch_op.create_unique_constraint(op.f(UNIQUE), ["building_id", "reference"])
    with op.batch_alter_table("tenancy_party") as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(length=2), nullable=True))
    op.execute("UPDATE tenancy_party SET language = 'fr'")
    with op.batch_alter_table("tenancy_party") as batch_op:
        batch_op.alter_column("language", existing_type=sa.String(length=2), nullable=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("tenancy_party") as batch_op:
        batch_op.drop_column("language")
    with op.batch_alter_table("place") as batch_op:
        batch_op.drop_constraint(op.f(UNIQUE), type_="unique")
        batch_op.drop_column("reference")
