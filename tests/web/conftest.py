"""The shop with open doors that the tests of this folder ask."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from board.database import open_database
from tests.web.front import Front


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and nothing in them; to be copied."""
    file = tmp_path_factory.mktemp("empty") / "shop.db"
    open_database(f"sqlite:///{file}").dispose()
    return file


@pytest.fixture
def front(tmp_path: Path, empty_database: Path) -> Iterator[Front]:
    """A shop with four people and one bay; nobody has a PIN or a password yet."""
    yield from _opened(empty_database, tmp_path)


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Front]:
    """The same, shared by tests that change nothing in it."""
    yield from _opened(empty_database, tmp_path_factory.mktemp("steady"))


def _opened(empty: Path, folder: Path) -> Iterator[Front]:
    shop = Front(Path(shutil.copy(empty, folder)))
    shop.start()
    yield shop
    shop.stop()
