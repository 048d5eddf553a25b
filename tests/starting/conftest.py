"""The command line and running shops for tests of starting."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.running import RunningShop, running_shop
from tests.starting.asked import Ask, asking


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Ask:
    """The command line, with a data folder of its own."""
    return asking(monkeypatch, capsys, tmp_path)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[RunningShop]:
    """A running shop of one test."""
    with running_shop(tmp_path) as running:
        yield running
