"""The shop whose customers look at their phones; shared, so each test receives its own car."""

from collections.abc import Iterator

import pytest

from board.database import open_database
from tests.web.front import Front


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """A shop with open doors; nobody types a code in it but the tests of one file."""
    file = tmp_path_factory.mktemp("phones") / "shop.db"
    open_database(f"sqlite:///{file}").dispose()
    shop = Front(file).start()
    yield shop
    shop.stop()
