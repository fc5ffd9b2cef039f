"""promised works: a repair promised in an inventory waits in the works list, with the day it was promised for."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CHECK = "ck_works_request_source_known"
REFERENCE = "fk_works_request_inventory_id_inventory"


def upgrade() -> None:
    """Change the shape."""
    with op.batch_alter_table("works_request") as batch_op:
        batch_op.add_column(sa.Column("inventory_id", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("due", sa.Date(), nullable=True))
        batch_op.create_foreign_key(op.f(REFERENCE), "inventory", ["inventory_id"], ["id"])
        batch_op.create_index(op.f("ix_works_request_inventory_id"), ["inventory_id"])
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), "source IN ('snag', 'request', 'promise')")


def downgrade() -> None:
    """Change it back; raises when a promise was kept."""
    with op.batch_alter_table("works_request") as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), "source IN ('snag', 'request')")
        batch_op.drop_index(op.f("ix_works_request_inventory_id"))
        batch_op.drop_constraint(op.f(REFERENCE), type_="foreignkey")
        batch_op.drop_column("due")
        batch_op.drop_column("inventory_id")
