"""absences of agents, and the notices by which tenancies end."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Change the shape."""
    op.create_table(
        "absence",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_absence_ends_after_start")),
        sa.ForeignKeyConstraint(["agent_id"], ["account.id"], name=op.f("fk_absence_agent_id_account")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_absence_created_by_account")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_absence_landlord_id_landlord")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_agent_id_last_on"), "absence", ["agent_id", "last_on"], unique=False)
    op.create_table(
        "tenancy_notice",
        sa.Column("tenancy_id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("leaves_on", sa.Date(), nullable=False),
        sa.Column("next_tenancy_id", sa.String(length=36), nullable=True),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("leaves_on >= given_on", name=op.f("ck_tenancy_notice_leaves_after_notice")),
        sa.CheckConstraint("next_tenancy_id <> tenancy_id", name=op.f("ck_tenancy_notice_moves_elsewhere")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_tenancy_notice_created_by_account")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_tenancy_notice_landlord_id_landlord")),
        sa.ForeignKeyConstraint(
            ["next_tenancy_id"], ["tenancy.id"], name=op.f("fk_tenancy_notice_next_tenancy_id_tenancy")
        ),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_tenancy_notice_tenancy_id_tenancy")),
        sa.PrimaryKeyConstraint("tenancy_id", name=op.f("pk_tenancy_notice")),
        sa.UniqueConstraint("next_tenancy_id", name=op.f("uq_tenancy_notice_next_tenancy_id")),
    )
    op.create_index(op.f("ix_tenancy_notice_landlord_id"), "tenancy_notice", ["landlord_id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    op.drop_index(op.f("ix_tenancy_notice_landlord_id"), table_name="tenancy_notice")
    op.drop_table("tenancy_notice")
    op.drop_index(op.f("ix_absence_agent_id_last_on"), table_name="absence")
    op.drop_table("absence")
