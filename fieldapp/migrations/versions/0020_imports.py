"""imports: the landlord's own names of what it brings, dates of elements, its catalogue, and the files' progress."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NAMED = {
    "agency": "landlord_id",
    "candidate": "landlord_id",
    "element": "room_id",
    "equipment": "dwelling_id",
    "key": "dwelling_id",
    "meter": "dwelling_id",
    "room": "dwelling_id",
    "tenancy_party": "tenancy_id",
}
"""What gets a reference, and within what it is unique."""


def upgrade() -> None:
    """Change the shape."""
    for table, within in NAMED.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("reference", sa.String(length=40), nullable=True))
            if table == "element":
                batch_op.add_column(sa.Column("installed_on", sa.Date(), nullable=True))
                batch_op.add_column(sa.Column("renewed_on", sa.Date(), nullable=True))
            batch_op.create_unique_constraint(batch_op.f(f"uq_{table}_{within}_reference"), [within, "reference"])
    _make_catalogue()
    _make_runs()


def _make_catalogue() -> None:
    op.create_table(
        "catalogue_element",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("room_kind", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("element_kind", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("material", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord_id"], ["landlord.id"], name=op.f("fk_catalogue_element_landlord_id_landlord")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_element")),
        sa.UniqueConstraint(
            "landlord_id", "room_kind", "reference", name=op.f("uq_catalogue_element_landlord_id_room_kind_reference")
        ),
    )


def _make_runs() -> None:
    counts = ("rows_read", "rows_total", "created", "changed", "unchanged", "fault_count")
    op.create_table(
        "import_run",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("scope_id", sa.String(length=36), nullable=True),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("format", sa.String(length=4), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("sample", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("format IN ('csv', 'xlsx')", name=op.f("ck_import_run_format_known")),
        sa.CheckConstraint(
            "state IN ('reading', 'ready', 'refused', 'writing', 'done', 'dropped')",
            name=op.f("ck_import_run_state_known"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_import_run_account_id_account")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_import_run_landlord_id_landlord")),
        sa.ForeignKeyConstraint(["scope_id"], ["agency.id"], name=op.f("fk_import_run_scope_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run_landlord_id"), "import_run", ["landlord_id"])


def downgrade() -> None:
    """Take the step back."""
    op.drop_table("import_run")
    op.drop_table("catalogue_element")
    for table, within in NAMED.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"uq_{table}_{within}_reference"), type_="unique")
            if table == "element":
                batch_op.drop_column("renewed_on")
                batch_op.drop_column("installed_on")
            batch_op.drop_column("reference")
