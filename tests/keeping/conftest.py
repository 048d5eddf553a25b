"""Shops on disk to be backed up and restored, on each kind of database."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine

from board.accounts import Accounts, open_accounts
from board.backup import Origin, Tell, take_backup
from board.backup_archive import Manifest
from board.backup_finish import finishing
from board.backup_restore import opened_backup, present_erasures, put_back
from board.core.shop import Shop
from board.database import open_database
from board.desk import Desk
from board.journal_sql import SqlJournal
from board.recall import recall
from board.secret import NO_SECRET
from cli_shop import OPERATOR
from tests.builders import NOW
from tests.desk.orders import cars, opened

SHOP = "test"
KEY = b"k" * 32


class KeptShop:
    """One shop in a database and a folder; `told` is what backup and restore said."""

    def __init__(self, database_url: str, folder: Path, secret: str = "mark") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.origin = Origin("0.1.0", database_url, folder, secret)
        self.folder = folder
        self.told: list[str] = []

    def open(self) -> Engine:
        """The database, brought up to date."""
        self.engine = open_database(self.origin.database_url)
        self.accounts: Accounts = open_accounts(self.engine, lambda: NOW, KEY)
        return self.engine

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    def desk(self, writer: ThreadPoolExecutor) -> Desk:
        """A desk as a server has it."""
        return Desk(SqlJournal(self.engine), SHOP, lambda: NOW, writer)

    def receive(self, first: int, count: int = 1) -> None:
        """Cars come in, by a server of that moment."""
        writer = ThreadPoolExecutor(1)
        desk = self.desk(writer)

        async def scenario() -> None:
            if not desk.shop.people:
                await opened(desk)
            for command, actor, command_id in cars(first + count)[first:]:
                await desk.handle(command, actor, command_id)

        _run(scenario())
        writer.shutdown()

    def shop(self) -> Shop:
        """The shop as the journal has it."""
        return recall(SqlJournal(self.engine), SHOP)

    def place(self) -> tuple[str, int]:
        """Epoch and head."""
        return SqlJournal(self.engine).place(SHOP)

    def backup(self, name: str = "kept.tar.gz") -> Path:
        """A backup of now."""
        file = self.folder.parent / name
        take_backup(self.origin, file, NOW, self.told.append)
        return file

    def restore(self, file: Path, tell: Tell | None = None) -> Manifest:
        """Put the backup back; `tell` hears how far it is."""
        with opened_backup(self.origin, file) as backup:
            known = present_erasures(self.origin)
            finish = finishing(backup.manifest, NO_SECRET, known, OPERATOR, NOW)
            put_back(self.origin, backup, NOW, finish, tell or self.told.append)
            return backup.manifest


def _run(scenario: Coroutine[object, object, None]) -> None:
    asyncio.run(scenario)


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database."""
    return str(request.param)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'data' / 'baylight.db'}"
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
def kept(database_url: str, tmp_path: Path) -> Iterator[KeptShop]:
    """A shop with two cars."""
    shop = KeptShop(database_url, tmp_path / "data")
    shop.open()
    shop.receive(0, 2)
    yield shop
    shop.close()
