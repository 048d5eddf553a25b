"""Runs the migrations that a database has not seen. Knows alembic, and is loaded only when needed:
that takes a quarter of a start, and after a power cut a shop waits for it.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def upgrade(connection: Connection, version: str = "head") -> None:
    """Bring the tables to that version inside the transaction of this connection."""
    command.upgrade(migrations_config(connection), version)


def migrations_config(connection: Connection) -> Config:
    """Return what alembic needs to work inside the transaction of this connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
