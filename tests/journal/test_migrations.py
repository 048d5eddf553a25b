"""The migrations make, from nothing, exactly the tables the code works with."""

import subprocess
import sys

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from board.database import open_database
from board.migrating import migrations_config
from board.tables import metadata
from board.versions import newest_version


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def test_the_migrated_tables_are_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_migrated_primary_keys_are_those_of_the_code(engine: Engine) -> None:
    found = inspect(engine)
    for table in metadata.sorted_tables:
        kept = found.get_pk_constraint(table.name)["constrained_columns"]
        assert kept == [column.name for column in table.primary_key], table.name


def test_numbers_are_never_given_by_the_database(engine: Engine) -> None:
    found = inspect(engine)
    for table in metadata.sorted_tables:
        for column in found.get_columns(table.name):
            assert not column.get("identity"), (table.name, column["name"])
            assert column.get("default") is None, (table.name, column["name"])


def test_an_opened_database_is_at_the_latest_version(engine: Engine) -> None:
    with engine.connect() as connection:
        latest = ScriptDirectory.from_config(migrations_config(connection)).get_current_head()
        assert _version(connection) == latest == newest_version()


def test_opening_again_changes_nothing(engine: Engine, database_url: str) -> None:
    again = open_database(database_url)
    with engine.connect() as before, again.connect() as after:
        assert _version(before) == _version(after)
        assert compare_metadata(MigrationContext.configure(after), metadata) == []
    again.dispose()


def test_a_start_that_finds_its_tables_does_not_wait_for_alembic(database_url: str) -> None:
    """Falls over when board/versions.py imports board/migrating.py as other files are."""
    open_database(database_url).dispose()
    code = (
        "import sys; from board.database import open_database; "
        f"open_database({database_url!r}); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
