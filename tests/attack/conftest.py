"""The shops under attack: doors in a thread of the test, and a whole shop in its own process."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from board.database import open_database
from tests.attack.poisoned_day import PoisonedDay
from tests.attack.target import Target
from tests.e2e.running import running_shop
from tests.web.front import Front

CLOCK = "2026-11-23T10:00+08:00,1"
BEGAN = datetime.fromisoformat("2026-11-23T10:00:00+08:00")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and nothing in them; to be copied."""
    file = tmp_path_factory.mktemp("empty") / "shop.db"
    open_database(f"sqlite:///{file}").dispose()
    return file


@contextmanager
def _opened(empty: Path, folder: Path, proxies: str = "") -> Iterator[Front]:
    shop = Front(Path(shutil.copy(empty, folder)), proxies)
    shop.start()
    try:
        yield shop
    finally:
        shop.stop()


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Front]:
    """A shop with four people, shared by tests that change nothing in it."""
    with _opened(empty_database, tmp_path_factory.mktemp("steady")) as shop:
        yield shop


@pytest.fixture
def front(tmp_path: Path, empty_database: Path) -> Iterator[Front]:
    """The same for one test alone."""
    with _opened(empty_database, tmp_path) as shop:
        yield shop


@pytest.fixture
def behind(tmp_path: Path, empty_database: Path) -> Iterator[Callable[[str], Front]]:
    """Opens a shop that believes the proxies of the given networks."""
    with ExitStack() as opened:
        yield lambda networks: opened.enter_context(
            _opened(empty_database, tmp_path, proxies=networks)
        )


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A whole shop in its own process, which outlives every attack of this folder."""
    with running_shop(tmp_path_factory.mktemp("target")) as shop:
        yield Target(shop)


@pytest.fixture(scope="session")
def poisoned_day(tmp_path_factory: pytest.TempPathFactory) -> PoisonedDay:
    """A day of every command that is over; what it left behind can be looked at."""
    with running_shop(tmp_path_factory.mktemp("day"), BAYLIGHT_CLOCK=CLOCK) as shop:
        return PoisonedDay(shop, BEGAN).live()
