"""A desk whose journal is put back to an earlier moment while it works."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from board.core.events import Fact
from board.database import open_database, renew_epoch
from board.desk import Desk
from board.journal import JournalUnavailable
from board.journal_sql import SqlJournal
from board.recall import keep_snapshot, recall
from tests.builders import ANNA, CARL
from tests.desk.conftest import SHOP, OpenDesk, run
from tests.desk.orders import car, granted, opened, refused


def copy(source: Path, target: Path) -> None:
    """One database over another, while others have it open."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


class Kept:
    """A journal on disk with a copy of an earlier moment."""

    def __init__(self, folder: Path) -> None:
        self._file, self._copy = folder / "live.db", folder / "copy.db"
        self.engine = open_database(f"sqlite:///{self._file}")

    def keep(self) -> None:
        """Copy the journal as it is."""
        copy(self._file, self._copy)

    def restore(self) -> str:
        """Put the copy back as another history; its epoch."""
        older = open_database(f"sqlite:///{self._copy}")
        epoch = renew_epoch(older)
        older.dispose()
        copy(self._copy, self._file)
        return epoch


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


@pytest.fixture
def desk(kept: Kept, open_desk: OpenDesk) -> Desk:
    return open_desk(SqlJournal(kept.engine))


def test_a_command_is_decided_against_the_restored_shop(desk: Desk, kept: Kept) -> None:
    """Falls over without the comparison of epochs in `board.batches._caught_up`: the desk would go
    on with the shop it has, although the journal went back and came to the same number again."""

    async def scenario() -> None:
        await opened(desk)
        kept.keep()
        granted(await desk.handle(car(1), ANNA, "before"))
        epoch = kept.restore()
        rival = SqlJournal(kept.engine)
        await Desk(rival, SHOP, desk.now, desk._writer).handle(car(2), CARL, "rival")
        assert rival.head(SHOP) == desk.shop.seq
        assert refused(await desk.handle(car(2), ANNA, "twice")) == "job_exists"
        granted(await desk.handle(car(1), ANNA, "again"))
        assert sorted(desk.shop.jobs) == ["j1", "j2"]
        assert desk.epoch == epoch
        assert desk.shop == recall(rival, SHOP)

    run(scenario())


def test_ids_of_commands_that_are_gone_may_be_used_again(desk: Desk, kept: Kept) -> None:
    async def scenario() -> None:
        await opened(desk)
        first = granted(await desk.handle(car(1), ANNA, "kept"))
        kept.keep()
        gone = granted(await desk.handle(car(2), ANNA, "gone"))
        kept.restore()
        again = granted(await desk.handle(car(2), ANNA, "gone"))
        assert (again.repeated, again.seq) == (False, gone.seq)
        known = granted(await desk.handle(car(1), ANNA, "kept"))
        assert (known.repeated, known.seq) == (True, first.seq)

    run(scenario())


def test_a_desk_that_is_not_asked_anything_sees_it_too(desk: Desk, kept: Kept) -> None:
    """Falls over without the epoch in `Desk.is_behind`: the number alone went back."""
    heard: list[tuple[str, int]] = []

    async def scenario() -> None:
        await opened(desk)
        kept.keep()
        granted(await desk.handle(car(1), ANNA))
        desk.subscribe(lambda shop, facts: heard.append((desk.epoch, shop.seq)))
        assert not desk.is_behind()
        epoch = kept.restore()
        assert desk.is_behind()
        await desk.catch_up()
        assert not desk.is_behind()
        assert heard == [(epoch, desk.shop.seq)]
        assert not desk.shop.jobs

    run(scenario())


def test_facts_of_the_history_that_is_gone_are_not_told_again(desk: Desk, kept: Kept) -> None:
    heard: list[Fact] = []

    async def scenario() -> None:
        await opened(desk)
        kept.keep()
        granted(await desk.handle(car(1), ANNA, "before"))
        kept.restore()
        desk.subscribe(lambda shop, facts: heard.extend(facts))
        granted(await desk.handle(car(2), ANNA, "after"))
        assert {fact.command_id for fact in heard} == {"after"}

    run(scenario())


def test_a_snapshot_of_the_history_that_is_gone_is_not_kept(desk: Desk, kept: Kept) -> None:
    """Falls over without the epoch in `SqlJournal.save_snapshot`: a process that has not seen the
    restore yet would leave its own shop as the truth of the next start."""

    async def scenario() -> None:
        await opened(desk)
        kept.keep()
        granted(await desk.handle(car(1), ANNA))
        kept.restore()
        journal = SqlJournal(kept.engine)
        keep_snapshot(journal, replace(desk.shop, seq=desk.shop.seq + 100), desk.epoch)
        assert journal.latest_snapshot(SHOP) is None
        assert not recall(journal, SHOP).jobs

    run(scenario())


def test_a_shop_that_the_restored_database_lacks_takes_no_commands(desk: Desk, kept: Kept) -> None:
    async def scenario() -> None:
        kept.keep()
        await opened(desk)
        kept.restore()
        with pytest.raises(JournalUnavailable, match="restart"):
            await desk.handle(car(1), ANNA)
        assert desk.journal.head(SHOP) == 0
        assert not desk.journal.shop_ids()

    run(scenario())
