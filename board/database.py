"""Opens the database: connections that keep their word about durability, tables brought up to date.

Knows both kinds of database and nothing of what the tables mean.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Insert,
    Table,
    create_engine,
    event,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import PoolProxiedConnection

from board.database_sqlite import require_in_place, sqlite_engine
from board.journal import JournalUnavailable
from board.outages import explained
from board.tables import meta
from board.versions import bring_up_to_date

LOCK_WAIT_SECONDS = 5

HELD_SECONDS = 10
"""After so long PostgreSQL ends a transaction in which nothing more is asked."""

_OPENING_WAIT_SECONDS = 60
_OPENING_LOCK = 0x6261796C
_WRITING = {"sqlite_begin": "BEGIN IMMEDIATE"}


def open_database(url: str) -> Engine:
    """Return the database with every table as this version wants it; made if it is an empty one.

    Takes `sqlite:///file` and `postgresql://…`. Raises ValueError for another kind of URL,
    JournalUnavailable when the database cannot be used.
    """
    engine = connect(url)
    with explained(engine.url):
        if engine.dialect.name == "sqlite":
            _keep_a_write_ahead_log(engine)
        with _alone(engine) as connection:
            bring_up_to_date(connection)
            row = {"key": "epoch", "value": secrets.token_hex(8)}
            connection.execute(insert_missing(connection, meta), row)
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _hold_nothing_for_long)
        engine.dispose()
    return engine


def database_url(text: str) -> str:
    """The address with its driver; ValueError, without the address, for one that is not ours."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise ValueError("this is no database address") from None
    if url.get_backend_name() not in {"postgresql", "sqlite"}:
        raise ValueError("only postgresql:// and sqlite:/// are possible")
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def connect(url: str) -> Engine:
    """Return an engine for the database without looking at its tables."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return sqlite_engine(parsed, LOCK_WAIT_SECONDS)
    if parsed.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return _postgres_engine(parsed.set(drivername="postgresql+psycopg"))
    raise ValueError(f"the database must be sqlite or postgresql, not {parsed.drivername}")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a transaction that may write: committed on normal exit, rolled back on exception.

    On SQLite it is the only one from its first moment, so what it reads cannot change under it.
    """
    with explained(engine.url), engine.connect().execution_options(**_WRITING) as connection:
        with connection.begin():
            yield connection
        # Written into a file that was taken away meanwhile is not kept.
        require_in_place(connection)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a transaction to read in."""
    with explained(engine.url), engine.connect() as connection, connection.begin():
        yield connection


def in_turn(connection: Connection, what: str) -> None:
    """Wait for the end of every other transaction that takes turns for the same.

    What is written in SQLite is always written in turn.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:what))"), {"what": what})


def insert_missing(connection: Connection, table: Table) -> Insert:
    """Return an insert that leaves a row of the same key as it is."""
    statement: Insert = _insert(connection, table).on_conflict_do_nothing()
    return statement


def upsert(connection: Connection, table: Table, order: str = "seq") -> Insert:
    """Return an insert that replaces a row of the same key whose `order` is not greater."""
    statement = _insert(connection, table)
    keys = [column.name for column in table.primary_key]
    new = statement.excluded
    changed = {column.name: new[column.name] for column in table.c if column.name not in keys}
    replacing: Insert = statement.on_conflict_do_update(
        index_elements=keys, set_=changed, where=new[order] >= table.c[order]
    )
    return replacing


def epoch(engine: Engine) -> str:
    """Return the name of the history this database holds."""
    with reading(engine) as connection:
        name: str = connection.scalars(select(meta.c.value).where(meta.c.key == "epoch")).one()
    return name


def renew_epoch(engine: Engine) -> str:
    """Give the history a new name, after a restore; return it."""
    renewed = secrets.token_hex(8)
    with writing(engine) as connection:
        connection.execute(update(meta).where(meta.c.key == "epoch").values(value=renewed))
    return renewed


def _insert(connection: Connection, table: Table) -> Any:
    # Any: the two dialects' inserts are alike but share no type that knows conflicts.
    kind = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return kind(table)


def _postgres_engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": LOCK_WAIT_SECONDS,
            "fallback_application_name": "baylight",
        },
    )
    event.listen(engine, "connect", _prepare_postgres)
    return engine


def _prepare_postgres(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_WAIT_SECONDS}s'")
        # A plan kept from when the tables were small would read them whole for ever.
        cursor.execute("SET plan_cache_mode = force_custom_plan")
        # A server set to acknowledge before the disk has it is overruled; stricter ones are not.
        cursor.execute(
            "SELECT set_config('synchronous_commit', 'on', false)"
            " WHERE current_setting('synchronous_commit') = 'off'"
        )
    connection.commit()


def _hold_nothing_for_long(connection: Any, _record: object) -> None:
    """A process that is frozen or cut off in its turn must not keep all others from theirs."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{HELD_SECONDS}s'")
    connection.commit()


def _keep_a_write_ahead_log(engine: Engine) -> None:
    _make_private(Path(str(engine.url.database)))
    connection: PoolProxiedConnection = engine.raw_connection()
    try:
        mode = connection.cursor().execute("PRAGMA journal_mode = WAL").fetchone()[0]
    finally:
        connection.close()
    if mode != "wal":
        raise JournalUnavailable(
            f"The disk of {engine.url.database} cannot keep a write-ahead log: use a local disk."
        )


def _make_private(file: Path) -> None:
    # A missing folder is told by the database itself, in the sentence for it.
    if file.parent.is_dir():
        file.touch(mode=0o600)


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{_OPENING_WAIT_SECONDS}s'"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_OPENING_LOCK})"))
        yield connection
