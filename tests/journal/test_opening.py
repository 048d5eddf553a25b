"""Opening a database: several processes at once, and what is refused."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from board.database import connect, epoch, open_database
from tests.journal.entries import SHOP
from tests.journal.processes import an_appender


def _opened(url: str) -> str:
    engine = open_database(url)
    found = epoch(engine)
    engine.dispose()
    return found


def test_an_empty_database_is_made_once_by_many(database_url: str) -> None:
    with ThreadPoolExecutor(8) as threads:
        epochs = list(threads.map(_opened, [database_url] * 8))
    assert len(set(epochs)) == 1


def test_an_empty_database_is_made_once_by_processes(database_url: str) -> None:
    appenders = [an_appender(database_url, f"writer-{n}", 1, 1) for n in range(4)]
    said = [appender.communicate()[0] for appender in appenders]
    assert sorted(said) == ["1\n", "2\n", "3\n", "4\n"]


def test_nobody_else_may_read_the_file(sqlite_url: str) -> None:
    open_database(sqlite_url).dispose()
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_that_would_be_forgotten_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="must be a file"):
        connect(url)


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match="sqlite or postgresql, not mysql"):
        connect(f"mysql://localhost/{SHOP}")


def test_both_ways_to_write_a_server_address_are_taken() -> None:
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        engine = connect(f"{scheme}://lin@localhost/shop")
        assert engine.url.drivername == "postgresql+psycopg"
        engine.dispose()
