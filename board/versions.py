"""Which version the tables of a database have, and that they get the one this program wants."""

import importlib
from pathlib import Path

from sqlalchemy import Connection, inspect, text

VERSIONS = Path(__file__).resolve().parent.parent / "migrations" / "versions"


def bring_up_to_date(connection: Connection) -> None:
    """Run the migrations that this database has not seen; most starts find none."""
    if _version(connection) != newest_version():
        importlib.import_module("board.migrating").upgrade(connection)


def bring_to(connection: Connection, version: str) -> None:
    """Bring empty or older tables to this version, not further."""
    importlib.import_module("board.migrating").upgrade(connection, version)


def newest_version() -> str:
    """The version this program works with: the number of its last migration."""
    return max(known_versions())


def known_versions() -> frozenset[str]:
    """Every version that this program can bring up to date."""
    return frozenset(file.name.partition("_")[0] for file in VERSIONS.glob("*_*.py"))


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
