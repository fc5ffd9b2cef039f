"""spouses on a lease."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Change the shape."""
    with op.batch_alter_table("tenancy_party", schema=None) as batch_op:
        batch_op.add_column(sa.Column("spouse_id", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("bond", sa.String(length=10), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_tenancy_party_spouse_id_tenancy_party"), "tenancy_party", ["spouse_id"], ["id"]
        )
        batch_op.create_check_constraint(batch_op.f("ck_tenancy_party_bond_known"), "bond IN ('married', 'pacs')")
        batch_op.create_check_constraint(
            batch_op.f("ck_tenancy_party_spouse_by_a_bond"), "(spouse_id IS NULL) = (bond IS NULL)"
        )
        batch_op.create_check_constraint(batch_op.f("ck_tenancy_party_spouse_is_another"), "spouse_id <> id")


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("tenancy_party", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_tenancy_party_spouse_is_another"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_tenancy_party_spouse_by_a_bond"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_tenancy_party_bond_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_tenancy_party_spouse_id_tenancy_party"), type_="foreignkey")
        batch_op.drop_column("bond")
        batch_op.drop_column("spouse_id")
