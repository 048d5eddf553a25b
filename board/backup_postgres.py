"""Dumps a PostgreSQL database while it is used, and puts a whole one in its place at once.

The servers' own programs do the reading and writing: pg_dump and pg_restore. A restored database
grows in a schema of its own, which nobody looks at until it takes the place of the old one.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from sqlalchemy import Connection, Engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from board.database import connect, writing
from board.journal import JournalUnavailable
from board.tables import metadata
from board.versions import bring_to

SCRATCH = "baylight_restoring"
_LOCK = 0x62616B70
_TRIES = 3
_COPY = re.compile(rb'COPY (?:[^ .]+\.)?"?(\w+)"? \(([^)]*)\) FROM stdin;\n')
_END = b"\\.\n"
_CHUNK = 256 * 1024


def copy_out(engine: Engine, snapshot: str, target: Path) -> None:
    """Dump our tables as the exported snapshot shows them; who writes is not kept waiting."""
    tables = [f"--table={name}" for name in (*metadata.tables, "alembic_version")]
    options = ["--format=custom", "--no-owner", "--no-privileges", "--encoding=UTF8"]
    with _service(engine) as environment:
        dump = [_program("pg_dump"), *options, f"--snapshot={snapshot}", *tables]
        done = subprocess.run(
            [*dump, f"--file={target}"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
    if done.returncode:
        raise JournalUnavailable(_why("pg_dump", done.stderr))


def _why(program: str, said: bytes) -> str:
    """What the program complains about, in one line; a version that is too old most of all."""
    lines = said.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
    if any("version" in line for line in lines):
        advice = "install the PostgreSQL client of the server's version (postgresql-client-NN)"
        return f"{program} is older than the database: {advice}. It said: {' '.join(lines)}"
    return f"{program} failed: {lines[-1]}"


def _program(name: str) -> str:
    """The newest one installed: an older one refuses a newer server."""

    def version(path: Path) -> int:
        return int(path.parent.parent.name) if path.parent.parent.name.isdigit() else 0

    newest = max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=version, default=None)
    found = str(newest) if newest else shutil.which(name)
    if found is None:
        raise JournalUnavailable(f"{name} is missing: install postgresql-client.")
    return found


@contextmanager
def _service(engine: Engine) -> Iterator[dict[str, str]]:
    """An environment in which PostgreSQL's programs reach the database of `engine`.

    Through a file that only we can read: everybody on the machine sees a program's arguments.
    """
    _, how = engine.dialect.create_connect_args(engine.url)
    lines = [f"{key}={value}" for key, value in how.items() if key != "context"]
    with TemporaryDirectory(prefix="baylight-") as folder:
        file = Path(folder) / "service"
        file.touch(mode=0o600)
        file.write_text("\n".join(["[baylight]", *lines, ""]))
        yield {**os.environ, "PGSERVICEFILE": str(file), "PGSERVICE": "baylight"}


@contextmanager
def exported_snapshot(engine: Engine) -> Iterator[tuple[Connection, str]]:
    """One moment of the database, to read here and to dump by another program."""
    still = engine.execution_options(isolation_level="REPEATABLE READ")
    with still.connect() as connection, connection.begin():
        yield connection, connection.scalars(text("SELECT pg_export_snapshot()")).one()


@contextmanager
def scratch(url: str, revision: str, dump: Path) -> Iterator[Engine]:
    """The dumped database of schema `revision`, in a place where nobody sees it."""
    engine = connect(url)
    event.listen(engine, "connect", _look_into_scratch)
    with _alone(url):
        with writing(engine) as connection:
            bring_to(connection, revision)
            for table in ("meta", "alembic_version"):
                connection.execute(text(f"DELETE FROM {table}"))
            _load(engine, connection, dump)
        try:
            yield engine
        finally:
            engine.dispose()


def _look_into_scratch(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET search_path TO {SCRATCH}")
        cursor.execute("SET client_encoding TO 'UTF8'")
    connection.commit()


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """An empty scratch schema, ours until the end; what an interrupted restore left is dropped."""
    engine = connect(url)
    try:
        with engine.connect() as holder:
            if not holder.scalar(text(f"SELECT pg_try_advisory_lock({_LOCK})")):
                raise JournalUnavailable("Another restore is at work on this database.")
            _drop_scratch(engine)
            with writing(engine) as connection:
                connection.execute(text(f"CREATE SCHEMA {SCRATCH}"))
            try:
                yield
            finally:
                _drop_scratch(engine)
                holder.invalidate()
    finally:
        engine.dispose()


def _drop_scratch(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCRATCH} CASCADE"))


def _load(engine: Engine, connection: Connection, dump: Path) -> None:
    read = [_program("pg_restore"), "--data-only", "--no-owner", "--file=-", str(dump)]
    with subprocess.Popen(read, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reader:
        assert reader.stdout
        assert reader.stderr
        _copy_all(connection, reader.stdout)
        said = reader.stderr.read()
    if reader.returncode:
        raise JournalUnavailable(_why("pg_restore", said))


def _copy_all(connection: Connection, script: IO[bytes]) -> None:
    driver: Any = connection.connection.driver_connection
    for line in script:
        if found := _COPY.fullmatch(line):
            table, columns = (part.decode() for part in found.groups())
            with (
                driver.cursor() as cursor,
                cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as into,
            ):
                for chunk in _chunks(script):
                    into.write(chunk)


def _chunks(script: IO[bytes]) -> Iterator[bytes]:
    """The lines of one table, many at once."""
    held: list[bytes] = []
    size = 0
    for line in script:
        if line == _END:
            break
        held.append(line)
        size += len(line)
        if size > _CHUNK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def put_in_place(engine: Engine, finish: Callable[[Connection, Callable[[], None]], None]) -> None:
    """Swap the scratch tables with those in use, in one transaction of a moment.

    `finish` gets the connection with the old tables before it and a call that turns it to the new
    ones. Raises JournalUnavailable when somebody holds the tables too long.
    """
    for left in reversed(range(_TRIES)):
        try:
            with writing(engine) as connection:
                _swap(connection, finish)
        except JournalUnavailable:
            if not left:
                raise
        else:
            return


def _swap(connection: Connection, finish: Callable[[Connection, Callable[[], None]], None]) -> None:
    home = connection.scalars(text("SELECT current_schema()")).one()
    path = connection.scalars(text("SHOW search_path")).one()
    old = [name for name in _names() if inspect(connection).has_table(name, home)]
    if old:
        locked = ", ".join(f'"{home}".{name}' for name in old)
        connection.execute(text(f"LOCK TABLE {locked} IN ACCESS EXCLUSIVE MODE"))
    finish(connection, lambda: _turn(connection, SCRATCH))
    _turn(connection, path)
    try:
        for name in old:
            connection.execute(text(f'DROP TABLE "{home}".{name}'))
    except DBAPIError as error:
        raise ValueError(f"the tables in use cannot be replaced: {error.orig}") from None
    for name in _names():
        connection.execute(text(f'ALTER TABLE {SCRATCH}.{name} SET SCHEMA "{home}"'))


def _turn(connection: Connection, path: str) -> None:
    connection.execute(text(f"SET LOCAL search_path TO {path}"))


def _names() -> list[str]:
    """Our tables, those first that writers lock first."""
    return ["heads", *(name for name in metadata.tables if name != "heads"), "alembic_version"]
