"""After a restart the shop is the same: from a snapshot and the tail, or from everything."""

from dataclasses import replace

import pytest

from board import recall as recalling
from board.core import commands as c
from board.core.shop import Shop
from board.desk import Desk
from board.journal import Answer, Entry, Journal, Snapshot
from board.recall import facts_from, keep_snapshot, rebuild, recall
from tests.builders import ANNA, CARL, NOW, TOM
from tests.desk.conftest import SHOP, OpenDesk, OpenJournal, run
from tests.desk.orders import cars, granted, opened, together


async def busy(desk: Desk) -> None:
    """A shop in which something happened."""
    await opened(desk)
    await together(desk, *cars(3))
    for command, actor in (
        (c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA),
        (c.DispatchJob(job="j1", bay="2", technicians=("tom",)), CARL),
        (c.StartLine(job="j1"), TOM),
        (c.CancelJob(job="j2", reason="sold"), ANNA),
        (c.MoveJob(job="j0", to="awaiting_dispatch"), ANNA),
        (c.UndoMove(job="j0"), ANNA),
    ):
        granted(await desk.handle(command, actor))


def same(one: Shop, other: Shop) -> bool:
    """Equal, what undo needs and the order of things included."""
    lasts = [[job.last for job in shop.jobs.values()] for shop in (one, other)]
    orders = [[*shop.bays, *shop.people, *shop.jobs, *shop.workflow.steps] for shop in (one, other)]
    bare = [replace(shop, allocated={}) for shop in (one, other)]
    return bare[0] == bare[1] and lasts[0] == lasts[1] and orders[0] == orders[1]


def an_entry(kind: str, version: int, body: dict[str, object]) -> Entry:
    """An entry as some version may have written it."""
    return Entry(1, NOW, "person:mona", "x", None, kind, version, body, "test")


def test_a_restart_gives_the_same_shop(open_journal: OpenJournal, open_desk: OpenDesk) -> None:
    async def scenario() -> None:
        desk = open_desk(open_journal())
        await busy(desk)
        assert same(open_desk(open_journal()).shop, desk.shop)

    run(scenario())


def test_snapshot_and_tail_give_what_everything_gives(desk: Desk, journal: Journal) -> None:
    async def scenario() -> None:
        await busy(desk)
        everything = recall(journal, SHOP)
        keep_snapshot(journal, desk.shop, desk.epoch)
        granted(await desk.handle(c.PauseLine(job="j1", reason="lunch"), TOM))
        assert same(recall(journal, SHOP), desk.shop)
        assert everything.seq < desk.shop.seq

    run(scenario())


def test_after_a_snapshot_undo_is_still_possible(
    open_journal: OpenJournal, open_desk: OpenDesk
) -> None:
    async def scenario() -> None:
        desk = open_desk(open_journal())
        await busy(desk)
        keep_snapshot(open_journal(), desk.shop, desk.epoch)
        fresh = open_desk(open_journal())
        granted(await fresh.handle(c.UndoMove(job="j1"), TOM))
        assert fresh.shop.jobs["j1"].state == "dispatched"

    run(scenario())


def test_a_snapshot_of_another_version_is_passed_over(desk: Desk, journal: Journal) -> None:
    async def scenario() -> None:
        await busy(desk)
        journal.save_snapshot(SHOP, Snapshot(desk.shop.seq, 999, b"from the future"), journal.epoch)
        assert same(recall(journal, SHOP), desk.shop)

    run(scenario())


def test_long_journals_are_read_page_by_page(
    desk: Desk, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        await busy(desk)
        monkeypatch.setattr(recalling, "_PAGE", 3)
        assert same(recall(journal, SHOP), desk.shop)
        assert same(rebuild(journal, SHOP), desk.shop)

    run(scenario())


def test_rebuild_makes_search_and_snapshot_from_the_journal(desk: Desk, journal: Journal) -> None:
    async def scenario() -> None:
        await busy(desk)
        before = journal.jobs.find(SHOP, "京A0")
        journal.jobs.clear(SHOP)
        journal.save_snapshot(SHOP, Snapshot(desk.shop.seq, 1, b"broken"), journal.epoch)
        assert same(rebuild(journal, SHOP), desk.shop)
        assert same(recall(journal, SHOP), desk.shop)
        after = journal.jobs.find(SHOP, "京A0")
        states = [{row.job_id: row.state for row in rows} for rows in (before, after)]
        assert states[0] == states[1] == {"j0": "receiving", "j1": "working", "j2": "cancelled"}

    run(scenario())


@pytest.mark.parametrize(("kind", "version"), [("job_moved", 2), ("car_washed", 1)])
def test_an_unknown_event_says_so(journal: Journal, kind: str, version: int) -> None:
    body: dict[str, object] = {"job": "j1", "source": "ready", "to": "delivered"}
    with journal.turn(SHOP) as turn:
        turn.append([an_entry(kind, version, body)], {"x": Answer(1)})
    with pytest.raises(ValueError, match=f"{kind} in version {version}"):
        recall(journal, SHOP)


def test_an_unreadable_event_says_so() -> None:
    with pytest.raises(ValueError, match="job"):
        facts_from([an_entry("job_moved", 1, {"source": "ready"})])
