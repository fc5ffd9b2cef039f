"""the record kept: the history of each value of the central record."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from fieldapp.records.base import UtcDateTime

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Change the shape."""
    op.create_table(
        "record_value",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("landlord_id", sa.String(36), nullable=False),
        sa.Column("dwelling_id", sa.String(36), nullable=False),
        sa.Column("subject", sa.String(12), nullable=False),
        sa.Column("entity_id", sa.String(36), nullable=False),
        sa.Column("field", sa.String(30), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("inventory_id", sa.String(36), nullable=True),
        sa.Column("account_id", sa.String(36), nullable=True),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "subject IN ('element', 'equipment', 'key', 'meter', 'tenancy', 'party')",
            name=op.f("ck_record_value_subject_known"),
        ),
        sa.CheckConstraint("(inventory_id IS NULL) <> (account_id IS NULL)", name=op.f("ck_record_value_one_source")),
        sa.CheckConstraint("account_id IS NULL OR reason <> ''", name=op.f("ck_record_value_corrected_with_reason")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_record_value_landlord_id_landlord")),
        sa.ForeignKeyConstraint(["dwelling_id"], ["dwelling.id"], name=op.f("fk_record_value_dwelling_id_dwelling")),
        sa.ForeignKeyConstraint(
            ["inventory_id"], ["inventory.id"], name=op.f("fk_record_value_inventory_id_inventory")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_record_value_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_value")),
        sa.UniqueConstraint(
            "inventory_id", "entity_id", "field", name=op.f("uq_record_value_inventory_id_entity_id_field")
        ),
    )
    with op.batch_alter_table("record_value") as batch_op:
        batch_op.create_index(batch_op.f("ix_record_value_dwelling_id"), ["dwelling_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_value_entity_id_field"), ["entity_id", "field"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_value_landlord_id"), ["landlord_id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    op.drop_table("record_value")
