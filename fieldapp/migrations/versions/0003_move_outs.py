"""move-outs: two more kinds of appointment, what an exit stands on, furnished tenancies, chimneys."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Change the shape."""
    with op.batch_alter_table("appointment") as batch_op:
        batch_op.drop_constraint(op.f("ck_appointment_kind_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_appointment_kind_known"), "kind IN ('move_in', 'move_out', 'pre_exit')"
        )
    with op.batch_alter_table("equipment") as batch_op:
        batch_op.drop_constraint(op.f("ck_equipment_equipment_kind_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_equipment_equipment_kind_known"),
            "equipment_kind IN ('smoke_detector', 'heating', 'hot_water', 'ventilation', 'chimney')",
        )
    with op.batch_alter_table("tenancy") as batch_op:
        batch_op.add_column(sa.Column("furnished", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("tenancy") as batch_op:
        batch_op.alter_column("furnished", server_default=None)
    with op.batch_alter_table("inventory") as batch_op:
        batch_op.add_column(sa.Column("entry_id", sa.String(length=36), nullable=True))
        batch_op.create_foreign_key(op.f("fk_inventory_entry_id_inventory"), "inventory", ["entry_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_inventory_entry_id"), ["entry_id"])


def downgrade() -> None:
    """Change it back; refused by the rules of the older tables where a move-out or a chimney is written down."""
    with op.batch_alter_table("inventory") as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_entry_id"))
        batch_op.drop_constraint(op.f("fk_inventory_entry_id_inventory"), type_="foreignkey")
        batch_op.drop_column("entry_id")
    with op.batch_alter_table("tenancy") as batch_op:
        batch_op.drop_column("furnished")
    with op.batch_alter_table("equipment") as batch_op:
        batch_op.drop_constraint(op.f("ck_equipment_equipment_kind_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_equipment_equipment_kind_known"),
            "equipment_kind IN ('smoke_detector', 'heating', 'hot_water', 'ventilation')",
        )
    with op.batch_alter_table("appointment") as batch_op:
        batch_op.drop_constraint(op.f("ck_appointment_kind_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_appointment_kind_known"), "kind IN ('move_in')")
