"""messages of any purpose: what a message is about is no longer always an inventory."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PURPOSES = (
    "purpose IN ('inventory_copy', 'settlement_papers', 'visit_slip', 'invitation', 'password_reset',"
    " 'convocation', 'reminder', 'cancellation')"
)
TOPICS = "topic IN ('inventory', 'settlement', 'visit_document', 'account', 'appointment')"


def upgrade() -> None:
    """Change the shape; the messages that were written are all copies of inventories."""
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agency_id", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("purpose", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("channel", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("language", sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column("topic", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("topic_id", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("recipient_id", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("tries", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("message_id", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("answer", sa.String(length=300), nullable=True))
    op.execute(
        "UPDATE outgoing_mail SET purpose = 'inventory_copy', channel = 'email', language = 'fr', topic = 'inventory',"
        " topic_id = inventory_id, recipient_id = party_id, tries = 0,"
        " agency_id = (SELECT agency_id FROM inventory WHERE inventory.id = outgoing_mail.inventory_id)"
    )
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        for column, kind in (("purpose", 20), ("channel", 10), ("language", 2)):
            batch_op.alter_column(column, existing_type=sa.String(length=kind), nullable=False)
        batch_op.alter_column("tries", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("link_id", existing_type=sa.String(length=36), nullable=True)
        batch_op.alter_column("created_by", existing_type=sa.String(length=36), nullable=True)
        batch_op.alter_column("to_address", existing_type=sa.String(length=254), type_=sa.String(length=500))
        batch_op.drop_constraint(batch_op.f("fk_outgoing_mail_inventory_id_inventory"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_outgoing_mail_link_id_handover_link"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_outgoing_mail_inventory_id"))
        batch_op.drop_column("inventory_id")
        batch_op.drop_column("party_id")
        batch_op.create_foreign_key(batch_op.f("fk_outgoing_mail_agency_id_agency"), "agency", ["agency_id"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_outgoing_mail_purpose_known"), PURPOSES)
        batch_op.create_check_constraint(
            batch_op.f("ck_outgoing_mail_channel_known"), "channel IN ('email', 'text', 'letter')"
        )
        batch_op.create_check_constraint(batch_op.f("ck_outgoing_mail_topic_known"), TOPICS)
        batch_op.create_check_constraint(
            batch_op.f("ck_outgoing_mail_topic_whole"), "(topic IS NULL) = (topic_id IS NULL)"
        )
        batch_op.create_check_constraint(batch_op.f("ck_outgoing_mail_tries_natural"), "tries >= 0")
        batch_op.create_index(batch_op.f("ix_outgoing_mail_topic_id"), ["topic_id"], unique=False)
    op.create_table(
        "mail_attachment",
        sa.Column("mail_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("folder", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.CheckConstraint("bytes > 0", name=op.f("ck_mail_attachment_bytes_positive")),
        sa.ForeignKeyConstraint(
            ["mail_id"],
            ["outgoing_mail.id"],
            name=op.f("fk_mail_attachment_mail_id_outgoing_mail"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mail_id", "sha256", name=op.f("pk_mail_attachment")),
    )
    op.execute(
        "INSERT INTO mail_attachment (mail_id, sha256, folder, name, media_type, bytes)"
        " SELECT outgoing_mail.id, sealed_report.sha256, 'reports', inventory.number || '.pdf', 'application/pdf',"
        " sealed_report.bytes FROM outgoing_mail JOIN inventory ON inventory.id = outgoing_mail.topic_id"
        " JOIN sealed_report ON sealed_report.inventory_id = inventory.id WHERE sealed_report.bytes <= 7000000"
    )


def downgrade() -> None:
    """Change it back: only copies of inventories have a place there."""
    op.drop_table("mail_attachment")
    op.execute("DELETE FROM outgoing_mail WHERE purpose <> 'inventory_copy'")
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.add_column(sa.Column("inventory_id", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("party_id", sa.String(length=36), nullable=True))
    op.execute("UPDATE outgoing_mail SET inventory_id = topic_id, party_id = recipient_id")
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outgoing_mail_topic_id"))
        for rule in ("purpose_known", "channel_known", "topic_known", "topic_whole", "tries_natural"):
            batch_op.drop_constraint(batch_op.f(f"ck_outgoing_mail_{rule}"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_outgoing_mail_agency_id_agency"), type_="foreignkey")
        for column in ("inventory_id", "party_id", "link_id", "created_by"):
            batch_op.alter_column(column, existing_type=sa.String(length=36), nullable=False)
        batch_op.alter_column("to_address", existing_type=sa.String(length=500), type_=sa.String(length=254))
        for column in (
            *("agency_id", "purpose", "channel", "language", "topic", "topic_id", "recipient_id"),
            *("tries", "message_id", "answer"),
        ):
            batch_op.drop_column(column)
        batch_op.create_foreign_key(
            batch_op.f("fk_outgoing_mail_inventory_id_inventory"), "inventory", ["inventory_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_outgoing_mail_link_id_handover_link"), "handover_link", ["link_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_outgoing_mail_inventory_id"), ["inventory_id"], unique=False)
