"""Runs the migrations inside the transaction of the connection that opens the database."""

from alembic import context

from board.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)

with context.begin_transaction():
    context.run_migrations()
