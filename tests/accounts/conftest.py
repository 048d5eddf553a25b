"""Accounts on a real SQLite file, with a clock that moves only when told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from board.accounts import Accounts, open_accounts
from board.database import open_database


class Clock:
    """The time of the test."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return now."""
        return self.now

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    """Morning."""
    return Clock()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    opened = open_database(f"sqlite:///{tmp_path / 'shop.db'}")
    yield opened
    opened.dispose()


@pytest.fixture
def accounts(engine: Engine, clock: Clock) -> Accounts:
    """Accounts without anybody."""
    return open_accounts(engine, clock, b"pepper")
