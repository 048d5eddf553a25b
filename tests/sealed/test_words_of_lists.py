"""Words that an earlier version took for words of a list, and those that are of no car."""

import asyncio
from datetime import timedelta
from pathlib import Path

import msgspec
from sqlalchemy import Engine, text

from board.core import commands as c
from board.core.job import Car, Customer
from board.core.personal import ERASED
from board.database import writing
from board.journal_sql import SqlJournal
from board.recall import keep_snapshot, recall
from board.resealing import seal_what_is_plain
from tests.builders import ANNA, CARL, MONA, NOW, TOM
from tests.desk.orders import granted, opened
from tests.sealed.conftest import SECRET, SHOP, OpenDesk, kept
from tests.sealed.visits import visited

FRIEND, WHY, LATE = "二舅介绍来的", "因为王太太没来", "李先生的车要今晚"


def test_words_of_no_car_are_sealed_too(
    engine: Engine, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Falls over without `_words_of_clocks(` in `board/codec.py`."""

    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        for command, actor in (
            (c.StartIndirect(code="training"), TOM),
            (c.StopIndirect(), TOM),
            (
                c.CorrectIndirect(
                    technician="tom", started_at=NOW, begins_at=NOW - timedelta(hours=1), reason=WHY
                ),
                CARL,
            ),
            (c.OpenDay(), CARL),
            (c.CloseDay(), CARL),
            (c.ReopenDay(reason=LATE), CARL),
        ):
            granted(await desk.handle(command, actor))
        keep_snapshot(desk.journal, desk.shop, desk.epoch)
        found = kept(engine, tmp_path)
        assert [word for word in (WHY, LATE) if _stands_in(word, found)] == []
        told = str([entry.body for entry in desk.journal.read(SHOP, 0)])
        assert WHY in told
        assert LATE in told
        assert recall(SqlJournal(engine, SECRET), SHOP) == desk.shop

    asyncio.run(scenario())


def test_what_was_sealed_in_part_is_sealed_whole_at_the_start(
    engine: Engine, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Falls over without `says_plainly(row)` in `board/resealing.py`."""

    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        received = c.ReceiveJob(job="j1", car=Car("粤B7Q9X2"), customer=Customer())
        for command in (received, c.AddLine(job="j1", text="换雨刷")):
            granted(await desk.handle(command, ANNA))

    asyncio.run(scenario())
    _say_plainly(engine)
    assert _stands_in(FRIEND, kept(engine, tmp_path))
    journal = SqlJournal(engine, SECRET)
    seal_what_is_plain(engine, journal)
    assert not _stands_in(FRIEND, kept(engine, tmp_path))
    (body,) = [e.body for e in journal.read(SHOP, 0) if e.kind == "line_added"]
    assert (body["text"], body["kind"]) == ("换雨刷", FRIEND)


def test_what_stood_plain_of_an_erased_car_is_silent_after_the_next_start(
    engine: Engine, open_desk: OpenDesk, tmp_path: Path
) -> None:
    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        await visited(desk)
        granted(await desk.handle(c.EraseCar(jobs=("j1",)), MONA))

    asyncio.run(scenario())
    _say_plainly(engine)
    journal = SqlJournal(engine, SECRET)
    seal_what_is_plain(engine, journal)
    assert not _stands_in(FRIEND, kept(engine, tmp_path))
    (body,) = [e.body for e in journal.read(SHOP, 0) if e.kind == "line_added"]
    assert body["kind"] == ERASED


def _say_plainly(engine: Engine) -> None:
    """Put a word into the entry of the line as an earlier version left it."""
    with writing(engine) as connection:
        rows = connection.execute(text("SELECT seq, body FROM events WHERE kind = 'line_added'"))
        for seq, body in rows.all():
            plain = msgspec.json.encode({**msgspec.json.decode(body), "kind": FRIEND}).decode()
            row = {"seq": seq, "body": plain}
            connection.execute(text("UPDATE events SET body = :body WHERE seq = :seq"), row)
        connection.execute(text("INSERT INTO meta (key, value) VALUES ('unsealed', '1')"))


def _stands_in(word: str, found: bytes) -> bool:
    return any(form in found for form in (word.encode(), word.encode("unicode_escape")))
