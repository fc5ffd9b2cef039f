"""addenda: what is said after the signature of an inventory, made and signed at an appointment of its own."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LEASED = "'move_in', 'move_out', 'pre_exit'"
BEFORE = ("sales_visit", "acceptance", "vacant_check")
AFTER = (*BEFORE, "addendum")
OPEN = sa.text("state = 'asked'")


def upgrade() -> None:
    """Change the shape."""
    _kinds(AFTER)
    op.create_table(
        "addendum",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("inventory_id", sa.String(length=36), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=True),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('tenant_request', 'heating', 'correction')", name=op.f("ck_addendum_kind_known")),
        sa.CheckConstraint(
            "state IN ('asked', 'signed', 'not_signed', 'withdrawn', 'rejected')", name=op.f("ck_addendum_state_known")
        ),
        sa.CheckConstraint("(state = 'rejected') = (visit_id IS NULL)", name=op.f("ck_addendum_visit_unless_rejected")),
        sa.CheckConstraint("state <> 'rejected' OR answer <> ''", name=op.f("ck_addendum_rejected_with_reason")),
        sa.CheckConstraint(
            "kind <> 'tenant_request' OR requested_on IS NOT NULL", name=op.f("ck_addendum_request_dated")
        ),
        sa.CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name=op.f("ck_addendum_ended_unless_asked")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_addendum_asked_by_account")),
        sa.ForeignKeyConstraint(["inventory_id"], ["inventory.id"], name=op.f("fk_addendum_inventory_id_inventory")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_addendum_landlord_id_landlord")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_addendum_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addendum")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_addendum_visit_id")),
    )
    with op.batch_alter_table("addendum") as batch_op:
        batch_op.create_index(batch_op.f("ix_addendum_inventory_id"), ["inventory_id"])
        batch_op.create_index(batch_op.f("ix_addendum_landlord_id"), ["landlord_id"])
        batch_op.create_index(
            "uq_addendum_open", ["inventory_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        )


def downgrade() -> None:
    """Change it back; raises when an addendum was made."""
    op.drop_table("addendum")
    _kinds(BEFORE)


def _kinds(visits: Sequence[str]) -> None:
    """Which appointments are visits, and which documents are signed there without a candidate."""
    listed = ", ".join(f"'{kind}'" for kind in visits)
    with op.batch_alter_table("appointment") as batch_op:
        for name, check in (
            ("kind_known", f"kind IN ({LEASED}, {listed})"),
            (
                "inventory_unless_visit",
                f"(kind IN ({listed})) = (inventory_id IS NULL) AND (inventory_id IS NULL) = (tenancy_id IS NULL)",
            ),
        ):
            batch_op.drop_constraint(op.f(f"ck_appointment_{name}"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_appointment_{name}"), check)
    others = ", ".join(f"'{kind}'" for kind in visits if kind != "sales_visit")
    with op.batch_alter_table("visit_document") as batch_op:
        for name, check in (
            ("kind_known", f"kind IN ('visit_slip', 'visit_answer', {others})"),
            ("candidate_unless_technical", f"(kind IN ({others})) = (candidate_id IS NULL)"),
        ):
            batch_op.drop_constraint(op.f(f"ck_visit_document_{name}"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_visit_document_{name}"), check)
