"""What cars waited for adds up by one query, in every kind of journal, and can be made anew."""

from datetime import timedelta

from sqlalchemy import Engine, insert

from board.core import commands as c
from board.core.hold_times import Stretch, Waited, spells_of, waited
from board.core.holds import HoldReason
from board.journal import Journal
from board.journal_sql import SqlJournal
from board.recall import rebuild
from board.refolding import fill_new_tables
from board.tables import meta
from tests.builders import CARL, NOW
from tests.journal.held_cars import SHOP, Writing


def busy(journal: Journal) -> Writing:
    """Two cars: one held three times for two reasons, one held until now."""
    writing = Writing(journal).working(0).working(1)
    writing.hold(HoldReason.approval).later(minutes=20).hold(HoldReason.parts_order)
    writing.later(minutes=30).resume().later(minutes=5)
    writing.hold(HoldReason.approval).later(minutes=10).resume()
    return writing.hold(HoldReason.approval, "j2").later(minutes=15)


EXPECTED = [
    Waited("approval", "advisor", holds=3, jobs=2, seconds=45 * 60),
    Waited("parts_order", "parts", holds=1, jobs=1, seconds=30 * 60),
]


def test_holds_add_up_by_reason_within_a_stretch_of_their_shop(journal: Journal) -> None:
    writing = busy(journal)
    assert writing.waits() == EXPECTED
    begins, until = NOW + timedelta(minutes=15), NOW + timedelta(minutes=30)
    assert writing.waits(begins, until) == [
        Waited("parts_order", "parts", 1, 1, 10 * 60),
        Waited("approval", "advisor", 1, 1, 5 * 60),
    ]
    assert writing.waits(NOW - timedelta(days=1), NOW) == []
    by_job = [(job.id, one) for job in writing.shop.jobs.values() for one in spells_of(job)]
    assert writing.waits() == waited(by_job, Stretch(NOW, writing.now))
    assert journal.jobs.waits("other", Stretch(NOW, writing.now)) == []
    journal.jobs.clear("other")
    assert writing.waits() == EXPECTED


def test_what_was_taken_back_never_was(journal: Journal) -> None:
    writing = Writing(journal).working().hold(HoldReason.bay).later(seconds=20)
    assert [one.seconds for one in writing.waits()] == [20]
    writing.do(c.UndoMove(job="j1"), CARL)
    assert writing.waits() == []
    writing.hold(HoldReason.bay).later(minutes=10).resume()
    writing.later(seconds=20).do(c.UndoMove(job="j1"), CARL).later(seconds=40)
    assert [(one.holds, one.seconds) for one in writing.waits()] == [(1, 660)]


def test_it_is_made_anew_from_the_journal(journal: Journal) -> None:
    writing = busy(journal)
    journal.jobs.clear(SHOP)
    assert writing.waits() == []
    rebuild(journal, SHOP)
    assert writing.waits() == EXPECTED


def test_a_database_of_an_earlier_version_gets_it_at_its_next_start(engine: Engine) -> None:
    """Falls over without `rebuild(journal, shop_id)` in `board/refolding.py`."""
    journal = SqlJournal(engine)
    writing = busy(journal)
    fill_new_tables(engine, journal)
    journal.jobs.clear(SHOP)
    fill_new_tables(engine, journal)
    assert writing.waits() == []
    with engine.begin() as connection:
        connection.execute(insert(meta), {"key": "unfolded", "value": "1"})
    fill_new_tables(engine, journal)
    assert writing.waits() == EXPECTED
