"""Visit documents: the slips and formal answers that were signed at visits."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Change the shape."""
    op.create_table(
        "visit_document",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("candidate_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=True),
        sa.Column("record_sha256", sa.String(length=64), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("report_sha256", sa.String(length=64), nullable=True),
        sa.Column("bytes", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=20), nullable=True),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('visit_slip', 'visit_answer')", name=op.f("ck_visit_document_kind_known")),
        sa.CheckConstraint("answer IN ('accepts', 'refuses')", name=op.f("ck_visit_document_answer_known")),
        sa.CheckConstraint("decision IN ('signed', 'refused')", name=op.f("ck_visit_document_decision_known")),
        sa.CheckConstraint(
            "(kind = 'visit_answer') = (answer IS NOT NULL)", name=op.f("ck_visit_document_answer_of_answers")
        ),
        sa.CheckConstraint(
            "(sealed_at IS NULL) = (report_sha256 IS NULL) AND (sealed_at IS NULL) = (level IS NULL)",
            name=op.f("ck_visit_document_seal_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_visit_document_candidate_id_candidate")
        ),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_visit_document_landlord_id_landlord")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_document_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_document")),
        sa.UniqueConstraint("record_sha256", name=op.f("uq_visit_document_record_sha256")),
        sa.UniqueConstraint("report_sha256", name=op.f("uq_visit_document_report_sha256")),
    )
    with op.batch_alter_table("visit_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_document_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_document_landlord_id"), ["landlord_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_document_visit_id"), ["visit_id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    op.drop_table("visit_document")
