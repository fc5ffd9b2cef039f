"""How Alembic runs the migrations: on the connection of whoever called, in one transaction."""

from alembic import context

from fieldapp.records import all as _every_table  # noqa: F401 - fills the metadata
from fieldapp.records.base import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
