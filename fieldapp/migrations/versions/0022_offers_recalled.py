"""offers recalled: a message may be about a proposal, and remind of the end of its delay."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PURPOSES = (
    "'inventory_copy', 'settlement_papers', 'visit_slip', 'invitation', 'password_reset',"
    " 'convocation', 'reminder', 'cancellation'"
)
TOPICS = "'inventory', 'settlement', 'visit_document', 'account', 'appointment'"


def upgrade() -> None:
    """Change the shape."""
    _allow(f"{PURPOSES}, 'reply_reminder'", f"{TOPICS}, 'proposal'")


def downgrade() -> None:
    """Change it back: such messages have no place there."""
    op.execute(sa.text("DELETE FROM outgoing_mail WHERE topic = 'proposal'"))
    _allow(PURPOSES, TOPICS)


def _allow(purposes: str, topics: str) -> None:
    with op.batch_alter_table("outgoing_mail") as batch_op:
        for rule, codes in (("purpose", purposes), ("topic", topics)):
            batch_op.drop_constraint(op.f(f"ck_outgoing_mail_{rule}_known"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_outgoing_mail_{rule}_known"), f"{rule} IN ({codes})")
