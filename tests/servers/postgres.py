"""A real PostgreSQL for tests: one cluster per run on a Unix socket, one database per test."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from tests.servers.processes import Server, ServerFailed, program

# Nothing here must outlive the machine, so the cluster does not wait for the disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
DURABLE = ("fsync=on", "synchronous_commit=on")
"""For measurements: what is acknowledged is on disk."""


class Postgres:
    """A cluster in `folder`, reached only through the socket there, as user `postgres`."""

    def __init__(self, folder: Path, disk: tuple[str, ...] = FAST) -> None:
        self._folder = folder
        self._data = folder / "data"
        options = [*disk, "listen_addresses=", f"unix_socket_directories={folder}"]
        settings = [word for option in options for word in ("-c", option)]
        command = [_binary("postgres"), "-D", str(self._data), *settings]
        self._server = Server([*_as_postgres(), *command], folder.parent / f"{folder.name}.log")
        self._numbers = count(1)

    def start(self) -> None:
        """Make the cluster if it is not there yet, start it, wait until it answers."""
        if not self._data.exists():
            self._make_cluster()
        self._server.start(self._answers)

    def stop(self) -> None:
        """End the cluster; its clients are cut off."""
        self._server.stop(signal.SIGINT)

    @property
    def pid(self) -> int:
        """The main process of the cluster."""
        assert self._server.pid is not None
        return self._server.pid

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy address of a database of this cluster."""
        place = {"host": str(self._folder)}
        address = URL.create("postgresql+psycopg", "postgres", database=database, query=place)
        return address.render_as_string(hide_password=False)

    def in_files(self) -> bytes:
        """What the files of all tables hold, deleted rows included."""
        # Until then a table's former file may still lie there, and its newest pages not.
        self._administer("CHECKPOINT")
        files = sorted(each for each in (self._data / "base").rglob("*") if each.is_file())
        return b"".join(each.read_bytes() for each in files)

    def new_database(self) -> str:
        """Make an empty database; returns its name."""
        name = f"test_{next(self._numbers)}"
        self._administer(f"CREATE DATABASE {name}")
        return name

    def drop(self, database: str) -> None:
        """Remove a database even if somebody is still connected."""
        self._administer(f"DROP DATABASE {database} WITH (FORCE)")

    def _administer(self, statement: str) -> None:
        engine = create_engine(self.url(), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(statement))

    def _make_cluster(self) -> None:
        command = [_binary("initdb"), "--pgdata", str(self._data), "--username", "postgres"]
        command += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]
        made = subprocess.run(
            [*_as_postgres(), *command], cwd="/", capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise ServerFailed(f"initdb failed:\n{made.stderr}")

    def _answers(self) -> bool:
        asked = [_binary("pg_isready"), "--quiet", "--host", str(self._folder)]
        return subprocess.run(asked, check=False).returncode == 0


def _binary(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    return program(name, "postgresql", [str(path) for path in reversed(found)])


def _as_postgres() -> list[str]:
    # PostgreSQL refuses to run as root; Debian's package brings a user for it.
    if os.geteuid() != 0:
        return []
    user = _postgres_user()
    return [
        program("setpriv", "util-linux"),
        f"--reuid={user.pw_uid}",
        f"--regid={user.pw_gid}",
        "--clear-groups",
        "--pdeathsig=KILL",
    ]


def _postgres_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError as missing:
        message = "there is no user postgres: apt-get install postgresql (or: make test)"
        raise ServerFailed(message) from missing


def postgres_folder() -> Path:
    """An empty folder that the cluster's user may use."""
    # The run's own temporary folder is closed to the user postgres, and too deep for a socket.
    folder = Path(tempfile.mkdtemp(prefix="baylight-", dir="/tmp"))
    if os.geteuid() == 0:
        user = _postgres_user()
        os.chown(folder, user.pw_uid, user.pw_gid)
    return folder


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Postgres]:
    """The cluster of the whole run."""
    folder = postgres_folder()
    try:
        cluster = Postgres(folder)
        cluster.start()
        yield cluster
        cluster.stop()
    finally:
        shutil.rmtree(folder)
        folder.with_name(f"{folder.name}.log").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def postgres(postgres_cluster: Postgres) -> str:
    """The address of the cluster's own database; tests want `postgres_database`."""
    return postgres_cluster.url()


@pytest.fixture
def postgres_database(postgres_cluster: Postgres) -> Iterator[str]:
    """The address of an empty database of one test."""
    name = postgres_cluster.new_database()
    yield postgres_cluster.url(name)
    postgres_cluster.drop(name)


@pytest.fixture
def postgres_engine(postgres_database: str) -> Iterator[Engine]:
    """An engine on an empty database, closed after the test."""
    engine = create_engine(postgres_database)
    yield engine
    engine.dispose()
