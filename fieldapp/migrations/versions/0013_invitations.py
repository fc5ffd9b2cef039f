"""invitations and resets by a link that is good once, and who must have a second factor."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Change the shape."""
    op.create_table(
        "password_link",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_password_link_lives")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_password_link_account_id_account")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_password_link_landlord_id_landlord")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_password_link_token_sha256")),
    )
    op.create_index(op.f("ix_password_link_account_id"), "password_link", ["account_id"], unique=False)
    with op.batch_alter_table("landlord", schema=None) as batch_op:
        batch_op.add_column(sa.Column("second_factor_for", sa.String(length=10), nullable=True))
    op.execute("UPDATE landlord SET second_factor_for = 'admin'")
    with op.batch_alter_table("landlord", schema=None) as batch_op:
        batch_op.alter_column("second_factor_for", existing_type=sa.String(length=10), nullable=False)
        batch_op.create_check_constraint(
            batch_op.f("ck_landlord_second_factor_for_known"), "second_factor_for IN ('admin', 'office')"
        )


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("landlord", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_landlord_second_factor_for_known"), type_="check")
        batch_op.drop_column("second_factor_for")
    op.drop_index(op.f("ix_password_link_account_id"), table_name="password_link")
    op.drop_table("password_link")
