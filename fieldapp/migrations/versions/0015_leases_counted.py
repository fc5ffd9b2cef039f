"""leases counted: the figures read indexes instead of every proposal; only a signed one has a day of signature."""

from collections.abc import Sequence

from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Change the shape."""
    with op.batch_alter_table("proposal") as batch_op:
        batch_op.drop_constraint(op.f("ck_proposal_signature_dated"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_proposal_signature_dated"), "(state = 'signed') = (signed_on IS NOT NULL)"
        )
        batch_op.create_index(
            batch_op.f("ix_proposal_landlord_id_notified_on_dwelling_id"), ["landlord_id", "notified_on", "dwelling_id"]
        )
        batch_op.create_index(
            batch_op.f("ix_proposal_landlord_id_signed_on_dwelling_id_id"),
            ["landlord_id", "signed_on", "dwelling_id", "id"],
        )
    with op.batch_alter_table("visit_outcome") as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_outcome_proposal_id"))
        batch_op.create_index(batch_op.f("ix_visit_outcome_proposal_id_day"), ["proposal_id", "day"])


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("visit_outcome") as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_outcome_proposal_id_day"))
        batch_op.create_index(batch_op.f("ix_visit_outcome_proposal_id"), ["proposal_id"])
    with op.batch_alter_table("proposal") as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_landlord_id_signed_on_dwelling_id_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_landlord_id_notified_on_dwelling_id"))
        batch_op.drop_constraint(op.f("ck_proposal_signature_dated"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_proposal_signature_dated"), "state <> 'signed' OR signed_on IS NOT NULL"
        )
