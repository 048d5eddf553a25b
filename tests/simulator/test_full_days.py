"""Three days of 120 cars each: every state, hold and check outcome comes of a cause in the day.

The days run side by side, each on a server of its own; what they left is read from the journals.
"""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from board.core import events as e
from board.core.events import Fact
from board.core.holds import HoldReason
from board.core.workflow import CheckLevel, State
from board.core.workflow_shipped import SHIPPED
from tests.core.sound import check_day
from tests.simulator.full_day import VISITS, Played, overlapping, play

pytestmark = pytest.mark.timeout(900)
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Played]]:
    """Every seed's day."""
    folder = tmp_path_factory.mktemp("days")
    with ThreadPoolExecutor(len(SEEDS)) as pool:
        played = pool.map(lambda seed: play(seed, folder / str(seed)), SEEDS)
        yield dict(zip(SEEDS, played, strict=True))


@pytest.fixture(params=SEEDS)
def day(days: dict[int, Played], request: pytest.FixtureRequest) -> Played:
    """One of the days."""
    return days[request.param]


def test_nothing_unexpected_happened(day: Played) -> None:
    assert day.outcome.surprises == ()
    assert day.outcome.finished == day.outcome.visits == VISITS


def test_every_state_was_stood_in(day: Played) -> None:
    stood = {fact.event.to for fact in day.facts if isinstance(fact.event, e.JobMoved)}
    stood |= {fact.event.state for fact in day.facts if isinstance(fact.event, e.JobOpened)}
    if any(isinstance(fact.event, e.JobHeld) for fact in day.facts):
        stood.add(State.held)
    assert set(SHIPPED.steps) - stood == set()


def test_every_hold_reason_came_about(day: Played) -> None:
    held = {fact.event.hold.reason for fact in day.facts if isinstance(fact.event, e.JobHeld)}
    assert set(HoldReason) - held == set()


def test_every_check_was_passed_and_failed_at_least_once(day: Played) -> None:
    passed = {fact.event.level for fact in day.facts if isinstance(fact.event, e.CheckPassed)}
    failed = {fact.event.level for fact in day.facts if isinstance(fact.event, e.CheckFailed)}
    assert passed == set(CheckLevel)
    assert failed == {*CheckLevel, None}, "no level stands for the road test"


def test_the_line_at_reception_had_its_peak_with_tickets_called(day: Played) -> None:
    kinds = {type(fact.event) for fact in day.facts}
    assert {e.PeakSwitched, e.TicketCalled, e.TicketPassed, e.TicketReturned} - kinds == set()
    proposed = [fact for fact in day.facts if isinstance(fact.event, e.ArrivalProposed)]
    assert proposed
    assert all(fact.by.startswith("device:") for fact in proposed)


def test_damage_findings_and_checks_have_their_photos(day: Played) -> None:
    sheets = [fact.event.sheet for fact in day.facts if isinstance(fact.event, e.SheetSaved)]
    marks = [mark for sheet in sheets for mark in sheet.marks]
    found = [fact.event for fact in day.facts if isinstance(fact.event, e.LineProposed)]
    points = [fact.event.answered for fact in day.facts if isinstance(fact.event, e.PointMarked)]
    assert found
    assert all(mark.photos for mark in marks)
    assert all(one.photos for one in found)
    assert any(point.photos for point in points)


def test_customers_decided_on_the_phone_page_and_by_a_call(day: Played) -> None:
    decided = [fact for fact in day.facts if isinstance(fact.event, e.LineDecided)]
    who = {fact.by.partition(":")[0] for fact in decided}
    assert who == {"customer", "person"}


def test_parts_came_late_and_the_board_said_so(day: Played) -> None:
    kinds = {type(fact.event) for fact in day.facts}
    assert {e.PartOrdered, e.PartsLate, e.PartWrong} - kinds == set()


def test_a_car_came_back_to_an_earlier_order_and_two_files_were_one_car(day: Played) -> None:
    links = [fact.event for fact in day.facts if isinstance(fact.event, e.ComebackLinked)]
    assert [link for link in links if link.comeback and link.comeback.order]
    assert any(isinstance(fact.event, e.CarsMerged) for fact in day.facts)


def test_heavy_work_was_done_in_twos(day: Played) -> None:
    lines = [line for job in day.shop.jobs.values() for line in job.lines]
    assert any(overlapping(line.clocks) for line in lines)


def stayed(day: Played) -> set[str]:
    """The jobs of cars that stayed overnight."""
    books = [fact.event for fact in day.facts if isinstance(fact.event, e.DayClosed)]
    return {car.job for book in books for car in book.carried}


def test_cars_stayed_overnight_and_went_on_in_the_morning(days: dict[int, Played]) -> None:
    """How many stay depends on how fast the machine is; on one day it may be none."""
    assert any(stayed(day) for day in days.values())
    for day in days.values():
        assert stayed(day) <= {job.id for job in day.shop.jobs.values() if job.is_closed}


def test_cars_that_came_are_gone_or_still_here(day: Played) -> None:
    came = {fact.event.job for fact in day.facts if isinstance(fact.event, e.JobOpened)}
    left = Counter(fact.event.to for fact in day.facts if isinstance(fact.event, e.JobMoved))
    here = [job for job in day.shop.jobs.values() if not job.is_closed]
    assert len(came) == VISITS
    assert left[State.delivered] + left[State.cancelled] + len(here) == len(came)


def test_the_book_of_each_day_adds_up_and_hands_its_cars_on(day: Played) -> None:
    books = [fact.event for fact in day.facts if isinstance(fact.event, e.DayClosed)]
    came = {fact.event.job for fact in day.facts if isinstance(fact.event, e.TicketGiven)}
    numbers = [book.numbers for book in books]
    for one in numbers:
        check_day(one)
    assert sum(one.arrived for one in numbers) == len(came)
    assert numbers[0].carried_in == 0
    assert [one.carried_over for one in numbers] == [len(book.carried) for book in books]
    assert all(two.carried_in == one.carried_over for one, two in pairwise(numbers))
    gone = sum(one.delivered + one.cancelled for one in numbers)
    assert gone + numbers[-1].carried_over == len(came)


def test_a_car_that_stays_was_decided_about(day: Played) -> None:
    decided = {
        (fact.event.day, fact.event.job)
        for fact in day.facts
        if isinstance(fact.event, e.CarryDecided)
    }
    for fact in day.facts:
        if isinstance(fact.event, e.DayClosed):
            stayed = {(fact.event.day, car.job) for car in fact.event.carried}
            assert stayed <= decided


def test_a_delivered_car_is_paid_for_and_went_out_by_its_gate_pass(day: Played) -> None:
    gone = [job for job in day.shop.jobs.values() if job.state == State.delivered]
    assert gone
    for job in gone:
        assert job.statement is not None
        assert job.statement.total == sum(one.amount for one in job.payments)
        assert job.signature is not None
        assert job.reception is not None
        assert job.gate_pass is not None
    assert sum(job.statement.total for job in gone if job.statement) > 0


def test_hours_on_lines_are_the_sum_of_their_clocks(day: Played) -> None:
    told = sum((span for _who, span in _stretches(day.facts)), timedelta())
    jobs = {**day.shop.jobs}
    kept = [clock for job in jobs.values() for line in job.lines for clock in line.clocks]
    assert all(clock.ended_at and clock.ended_at >= clock.started_at for clock in kept)
    clocked = sum(
        (clock.ended_at - clock.started_at for clock in kept if clock.ended_at), timedelta()
    )
    assert clocked == told > timedelta(hours=40)


def test_nobody_worked_on_two_lines_at_once(day: Played) -> None:
    kept: dict[str, list[tuple[datetime, datetime]]] = {}
    for job in day.shop.jobs.values():
        for line in job.lines:
            for clock in line.clocks:
                assert clock.ended_at is not None
                kept.setdefault(clock.technician, []).append((clock.started_at, clock.ended_at))
    for stretches in kept.values():
        ordered = sorted(stretches)
        assert all(one[1] <= two[0] for one, two in pairwise(ordered))


def _stretches(facts: tuple[Fact, ...]) -> Iterator[tuple[str, timedelta]]:
    """Who worked how long, from what was told as it happened; corrections take the place."""
    running: dict[tuple[str, str, str], datetime] = {}
    ended: dict[tuple[str, str, str, datetime], datetime] = {}
    for fact in facts:
        match fact.event:
            case e.LineStarted(job, line, who):
                running[job, line, who] = fact.at
            case e.LinePaused(job, line, who) if (job, line, who) in running:
                began = running.pop((job, line, who))
                ended[job, line, who, began] = fact.at
            case e.LineFinished(job, line):
                for key in [key for key in running if key[:2] == (job, line)]:
                    ended[*key, running.pop(key)] = fact.at
            case e.ClockClosed(job, line, who, started, end):
                ended[job, line, who, started] = end
                running.pop((job, line, who), None)
            case e.ClockCorrected(job, line, who, started, begins, end):
                ended.pop((job, line, who, started), None)
                running.pop((job, line, who), None)
                assert end is not None, "the controller of the day says when it ended"
                ended[job, line, who, begins] = end
    for (_job, _line, who, began), end in ended.items():
        yield who, end - began
