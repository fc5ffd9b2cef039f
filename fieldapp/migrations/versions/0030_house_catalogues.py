"""house catalogues: the versions of a landlord's own catalogue, as tablets hold them."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

import sqlalchemy as sa
from alembic import op

from fieldapp.domain.house_catalogue import document_of
from sync import canonical

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Change the shape; a catalogue that was imported before is the first version."""
    op.create_table(
        "house_catalogue",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_house_catalogue_landlord_id_landlord")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_catalogue")),
        sa.UniqueConstraint("landlord_id", "version", name=op.f("uq_house_catalogue_landlord_id_version")),
    )
    op.create_index(op.f("ix_house_catalogue_sha256"), "house_catalogue", ["sha256"])
    with op.batch_alter_table("import_run") as batch_op:
        batch_op.add_column(sa.Column("notes", sa.JSON(), nullable=True))
    runs = sa.table("import_run", sa.column("notes", sa.JSON()))
    op.get_bind().execute(sa.update(runs).values(notes=[]))
    with op.batch_alter_table("import_run") as batch_op:
        batch_op.alter_column("notes", existing_type=sa.JSON(), nullable=False)
    _first_versions()


def _first_versions() -> None:
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            "SELECT landlord_id, room_kind, reference, element_kind, label, material FROM catalogue_element"
            " ORDER BY landlord_id, room_kind, position, id"
        )
    ).all()
    table = sa.table(
        "house_catalogue",
        sa.column("id"),
        sa.column("landlord_id"),
        sa.column("version"),
        sa.column("sha256"),
        sa.column("document"),
        sa.column("made_at", sa.DateTime(timezone=True)),
    )
    for landlord_id, lines in groupby(rows, key=lambda row: row[0]):
        document = canonical.dumps(document_of(tuple(line)[1:] for line in lines))
        connection.execute(
            sa.insert(table).values(
                id=str(uuid.uuid4()),
                landlord_id=landlord_id,
                version=1,
                sha256=canonical.sha256_hex(document),
                document=document.decode(),
                made_at=datetime.now(UTC),
            )
        )


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("import_run") as batch_op:
        batch_op.drop_column("notes")
    op.drop_index(op.f("ix_house_catalogue_sha256"), table_name="house_catalogue")
    op.drop_table("house_catalogue")
