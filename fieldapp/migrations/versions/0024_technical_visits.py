"""technical visits: acceptance of works and the check of a vacant dwelling, and what they tell the central record."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LEASED = "'move_in', 'move_out', 'pre_exit'"
APPOINTMENTS = f"kind IN ({LEASED}, 'sales_visit', 'acceptance', 'vacant_check')"
DOCUMENTS = "kind IN ('visit_slip', 'visit_answer', 'acceptance', 'vacant_check')"
WITHOUT_LEASE = (
    "(kind IN ('sales_visit', 'acceptance', 'vacant_check')) = (inventory_id IS NULL)"
    " AND (inventory_id IS NULL) = (tenancy_id IS NULL)"
)
OTHER_SOURCES = {"record_value": "account_id", "meter_reading": "token_id"}
OWN = {"record_value": ("entity_id", "field"), "meter_reading": ("meter_id",)}


def upgrade() -> None:
    """Change the shape."""
    with op.batch_alter_table("appointment") as batch_op:
        for name, check in (("kind_known", APPOINTMENTS), ("inventory_unless_visit", WITHOUT_LEASE)):
            batch_op.drop_constraint(op.f(f"ck_appointment_{name}"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_appointment_{name}"), check)
    with op.batch_alter_table("visit_document") as batch_op:
        batch_op.alter_column("candidate_id", existing_type=sa.String(length=36), nullable=True)
        batch_op.drop_constraint(op.f("ck_visit_document_kind_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_visit_document_kind_known"), DOCUMENTS)
        batch_op.create_check_constraint(
            op.f("ck_visit_document_candidate_unless_technical"),
            "(kind IN ('acceptance', 'vacant_check')) = (candidate_id IS NULL)",
        )
    for table, other in OTHER_SOURCES.items():
        columns = ("document_id", *OWN[table])
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("document_id", sa.String(length=36), nullable=True))
            batch_op.create_foreign_key(
                op.f(f"fk_{table}_document_id_visit_document"), "visit_document", ["document_id"], ["id"]
            )
            batch_op.create_unique_constraint(op.f(f"uq_{table}_{'_'.join(columns)}"), list(columns))
            batch_op.drop_constraint(op.f(f"ck_{table}_one_source"), type_="check")
            batch_op.create_check_constraint(
                op.f(f"ck_{table}_one_source"), _one_of("inventory_id", "document_id", other)
            )


def downgrade() -> None:
    """Change it back; raises when something technical was kept."""
    for table, other in OTHER_SOURCES.items():
        columns = ("document_id", *OWN[table])
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_one_source"), type_="check")
            batch_op.create_check_constraint(
                op.f(f"ck_{table}_one_source"), f"(inventory_id IS NULL) <> ({other} IS NULL)"
            )
            batch_op.drop_constraint(op.f(f"uq_{table}_{'_'.join(columns)}"), type_="unique")
            batch_op.drop_constraint(op.f(f"fk_{table}_document_id_visit_document"), type_="foreignkey")
            batch_op.drop_column("document_id")
    with op.batch_alter_table("visit_document") as batch_op:
        batch_op.drop_constraint(op.f("ck_visit_document_candidate_unless_technical"), type_="check")
        batch_op.drop_constraint(op.f("ck_visit_document_kind_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_visit_document_kind_known"), "kind IN ('visit_slip', 'visit_answer')")
        batch_op.alter_column("candidate_id", existing_type=sa.String(length=36), nullable=False)
    with op.batch_alter_table("appointment") as batch_op:
        batch_op.drop_constraint(op.f("ck_appointment_inventory_unless_visit"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_appointment_inventory_unless_visit"),
            "(kind = 'sales_visit') = (inventory_id IS NULL) AND (kind = 'sales_visit') = (tenancy_id IS NULL)",
        )
        batch_op.drop_constraint(op.f("ck_appointment_kind_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_appointment_kind_known"), f"kind IN ({LEASED}, 'sales_visit')")


def _one_of(*columns: str) -> str:
    return " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns) + " = 1"
