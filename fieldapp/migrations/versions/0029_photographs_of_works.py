"""photographs of works: which thing a photograph shows stands with its use, so that the works list finds it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SUBJECT = {"sqlite": "json_extract(value, '$.subject_id')", "postgresql": "value::json ->> 'subject_id'"}
PROMISED = """
    UPDATE works_request SET element_id = (
        SELECT min(element.id) FROM element JOIN room ON room.id = element.room_id
        WHERE room.dwelling_id = works_request.dwelling_id AND room.room_kind = works_request.room_kind
        AND element.element_kind = works_request.element_kind HAVING count(*) = 1
    ) WHERE source = 'promise'
"""
"""A promise of before is found again where its dwelling has one such element only."""


def upgrade() -> None:
    """Change the shape, and say of what is there what it shows."""
    with op.batch_alter_table("photo_use") as batch_op:
        batch_op.add_column(sa.Column("subject_id", sa.String(length=36), nullable=True))
    with op.batch_alter_table("works_request") as batch_op:
        batch_op.add_column(sa.Column("element_id", sa.String(length=36), nullable=True))
    said = SUBJECT[op.get_bind().dialect.name]
    op.execute(
        f"UPDATE photo_use SET subject_id = (SELECT {said} FROM field_state"  # noqa: S608 - our own words
        " WHERE field_state.root_id = photo_use.root_id AND field_state.entity_id = photo_use.photo_id"
        " AND field_state.field = 'body')"
    )
    op.execute(PROMISED)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("works_request") as batch_op:
        batch_op.drop_column("element_id")
    with op.batch_alter_table("photo_use") as batch_op:
        batch_op.drop_column("subject_id")
