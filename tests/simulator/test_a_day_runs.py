"""A small day on a real server with a real broker: all goes through, even over a restart."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

import pytest

from board.core import events as e
from board.core.bays import Presence
from board.core.events import Fact
from board.core.shop import Shop
from board.database import open_database
from board.journal_sql import SqlJournal
from board.recall import facts_from, rebuild, recall
from board.secret import open_secret
from simulator.demo import Demo, DemoWish
from simulator.help_calls import HELP
from simulator.run import Outcome, simulate
from simulator.stumbles import STUMBLES
from tests.core.sound import check_day
from tests.e2e.running import until
from tests.servers.processes import free_port

SHOP_FILE = Path(__file__).parents[2] / "examples" / "demo.toml"
pytestmark = pytest.mark.timeout(300)

DAY = date(2026, 11, 23)
RATE = 1200.0
VISITS = 16
DEADLINE_SECONDS = 120.0


@dataclass(frozen=True)
class Played:
    """A day that is over: how it went, the server's words, its journal."""

    outcome: Outcome
    log: str
    clock: tuple[datetime, float] | None
    facts: Sequence[Fact]
    shop: Shop
    rebuilt: Shop


async def _day(demo: Demo) -> Outcome:
    """Play, and restart the server around noon."""
    playing = asyncio.create_task(simulate(demo.play(5, VISITS, 1, None)))
    try:
        await asyncio.to_thread(until, partial(_is_noon, demo), DEADLINE_SECONDS)
        await asyncio.to_thread(demo.restart)
        return await playing
    finally:
        playing.cancel()


def _is_noon(demo: Demo) -> bool:
    said = demo.clock()
    return said is not None and said[0] >= datetime.combine(DAY, time(12), demo.crew.zone)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """One day for all tests of this file."""
    folder = tmp_path_factory.mktemp("day") / "demo"
    wish = DemoWish(
        SHOP_FILE, folder, port=free_port(), rate=RATE, start=time(7, 30), date=DAY.isoformat()
    )
    with Demo(wish) as demo:
        demo.start(with_codes=False)
        clock = demo.clock()
        outcome = asyncio.run(_day(demo))
    engine = open_database(f"sqlite:///{folder / 'baylight.db'}")
    journal = SqlJournal(engine, open_secret(folder / "secret"))
    try:
        shop_id = journal.shop_ids()[0]
        facts = facts_from(journal.read(shop_id, 0, 100_000))
        as_left = recall(journal, shop_id)
        log = (folder / "server.log").read_text()
        yield Played(outcome, log, clock, facts, as_left, rebuild(journal, shop_id))
    finally:
        journal.close()


def test_a_simulated_shop_says_its_clock(played: Played) -> None:
    assert played.clock is not None
    now, rate = played.clock
    assert rate == RATE
    assert now >= datetime.combine(DAY, time(7, 30), now.tzinfo)


def test_nothing_unexpected_was_answered(played: Played) -> None:
    assert played.outcome.surprises == ()
    assert "Traceback" not in played.log
    assert " ERROR " not in played.log


def test_every_visit_came_to_its_end(played: Played) -> None:
    assert played.outcome.finished == played.outcome.visits == VISITS
    opened = {fact.event.job for fact in played.facts if isinstance(fact.event, e.JobOpened)}
    assert len(opened) == VISITS
    assert [job.number for job in played.shop.jobs.values() if not job.is_closed] == []


def test_nobody_and_no_bay_is_lost_over_the_day(played: Played) -> None:
    assert played.outcome.taken == frozenset()


def test_the_journal_folds_to_the_shop_that_was_left(played: Played) -> None:
    assert played.rebuilt == played.shop


def test_sensors_spoke_and_the_board_heard_cars_come_and_go(played: Played) -> None:
    assert played.outcome.spoken > 100
    reports = [fact for fact in played.facts if isinstance(fact.event, e.BayReported)]
    assert all(fact.by.startswith("device:") for fact in reports)
    said = {fact.event.presence for fact in reports if isinstance(fact.event, e.BayReported)}
    assert said >= {Presence.present, Presence.absent}


def test_causes_led_to_their_effects(played: Played) -> None:
    effects = {
        # What was ordered and has come waits at the counter.
        "late_part": {"parts_order", "parts_issue"},
        "wrong_part": {"parts_wrong"},
        "extra_work": {"quote", "approval"},
        **{cause.value: {stumble.hold} for cause, stumble in STUMBLES.items()},
    }
    happened = played.outcome.happened
    held = {fact.event.hold.reason for fact in played.facts if isinstance(fact.event, e.JobHeld)}
    assert held == set().union(*(effects[cause] for cause in happened & effects.keys()))
    kinds = {type(fact.event) for fact in played.facts}
    failing = {"own_mistake", "failed_check", "bad_repair", "noise_remains"}
    assert (e.CheckFailed in kinds) == bool(failing & happened)
    assert (e.ClockCorrected in kinds) == ("forgotten_clock" in happened)


def test_help_was_called_where_a_cause_asks_for_it_and_came(played: Played) -> None:
    calls = [fact.event for fact in played.facts if isinstance(fact.event, e.HelpCalled)]
    asked = {HELP[cause].kind for cause in HELP if cause.value in played.outcome.happened}
    assert asked
    assert {call.kind for call in calls} == asked
    reached = {fact.event.call for fact in played.facts if isinstance(fact.event, e.CallReached)}
    assert reached == {call.call for call in calls}
    assert played.shop.calls == {}


def test_the_whole_order_was_written_by_its_own_commands(played: Played) -> None:
    kinds = {type(fact.event) for fact in played.facts}
    assert {
        *(e.DayOpened, e.PreparationTicked, e.SheetSaved, e.OrderSigned),
        *(e.PartRequested, e.PartPicked, e.PartIssued, e.PointMarked, e.IndirectStarted),
        *(e.AbsenceMarked, e.AbsenceEnded, e.JobSettled, e.JobPaid, e.HandoverTicked),
        *(e.GatePassIssued, e.GatePassUsed, e.DayClosed, e.ArrivalProposed, e.CatalogueImported),
    } - kinds == set()


def test_lines_come_from_the_catalogue_with_its_codes_and_prices(played: Played) -> None:
    taken = [fact.event for fact in played.facts if isinstance(fact.event, e.CatalogueImported)]
    known = {item.code: item for item in taken[0].items}
    lines = [fact.event for fact in played.facts if isinstance(fact.event, e.LineAdded)]
    picked = [line for line in lines if not line.proposed]
    assert picked
    for line in picked:
        item = known[line.code]
        assert (line.text, line.standard_hours) == (item.text, item.standard_hours)
        assert (line.price, line.parts_price) == (item.price, item.parts_price)


def test_the_day_was_closed_with_every_car_accounted_for(played: Played) -> None:
    books = [fact.event for fact in played.facts if isinstance(fact.event, e.DayClosed)]
    assert books
    for book in books:
        check_day(book.numbers)
    came = {fact.event.job for fact in played.facts if isinstance(fact.event, e.TicketGiven)}
    assert sum(book.numbers.arrived for book in books) == len(came)
    assert books[-1].carried == ()


def test_every_planned_cause_came_about_or_was_overtaken(played: Played) -> None:
    assert len(played.outcome.happened) >= 6
