"""Cars in are cars out and cars kept, whatever the days were like."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from board.core import commands as c
from board.core import events as e
from board.core.closing import numbers, undecided
from board.core.day_book import Choice, DayNumbers
from board.core.days import business_day, nights_kept
from board.core.refusals import Refused
from board.core.rules import decide
from tests.builders import ANNA, CARL, CLOCK, NOW, PLATES, Trial, booked, ready, receive
from tests.core.sound import check_day

DEEDS = ("come", "come", "ready", "deliver", "cancel", "book", "come late", "take back")
DAYS = st.lists(st.lists(st.sampled_from(DEEDS), max_size=8), min_size=3, max_size=3)


class Days:
    """A shop over some days, with a count of its own of what came and went."""

    def __init__(self) -> None:
        self.trial = Trial()
        self.count = 0
        self.came: set[str] = set()
        self.came_back = 0
        self.delivered: set[str] = set()
        self.cancelled: set[str] = set()
        self.here: set[str] = set()

    def begin(self) -> None:
        """A new morning."""
        self.came, self.delivered, self.cancelled = set(), set(), set()

    def new(self) -> tuple[str, str]:
        """The id and plate of a car nobody has seen."""
        self.count += 1
        return f"j{self.count}", f"京A{self.count:05d}"

    def do(self, deed: str) -> None:
        """Something that happens to a car, as far as there is one for it."""
        self.trial.later(minutes=7)
        if deed in ("come", "come late"):
            self._come()
        elif deed == "ready":
            job, plate = self.new()
            ready(self.trial, job, plate)
            self._arrived(job)
        elif deed == "book":
            booked(self.trial, *self.new(), hours=400)
        elif deed == "take back":
            self._take_back()
        else:
            self._leave(deed)

    def _come(self) -> None:
        job, plate = self.new()
        self.trial.do(receive(job, plate), ANNA)
        self._arrived(job)

    def _arrived(self, job: str) -> None:
        self.came.add(job)
        self.here.add(job)

    def _leave(self, deed: str) -> None:
        state = "ready" if deed == "deliver" else "receiving"
        found = [job for job in sorted(self.here) if self.trial.job(job).state == state]
        if not found:
            return
        if deed == "deliver":
            self.trial.do(c.MoveJob(job=found[0], to="delivered"), ANNA)
            self.delivered.add(found[0])
        else:
            self.trial.do(c.CancelJob(job=found[0], reason="so"), ANNA)
            self.cancelled.add(found[0])
        self.here.discard(found[0])

    def _take_back(self) -> None:
        """Somebody is called back from the gate at once."""
        gone = sorted(self.delivered)
        if gone and not self.trial.when(c.UndoMove(job=gone[-1]), ANNA).refused:
            self.delivered.discard(gone[-1])
            self.here.add(gone[-1])

    def close(self) -> e.DayClosed:
        """Every car decided, then the day closed."""
        trial = self.trial
        trial.now = trial.now.replace(hour=11)
        while left := undecided(trial.shop, business_day(trial.now, trial.shop.settings)):
            refused = decide(trial.shop, c.CloseDay(), CARL, trial.now)
            assert isinstance(refused, Refused)
            assert refused.params == {"count": len(left)}
            promise = trial.now + timedelta(days=1)
            choice = (Choice.tomorrow, Choice.moved_out)[len(left) % 2]
            decided = c.DecideCarryOver(job=left[0].id, choice=choice, promise=promise)
            trial.do(decided, CARL)
        trial.do(c.CloseDay(), CARL)
        closed = trial.events[-1]
        assert isinstance(closed, e.DayClosed)
        return closed

    def morning(self) -> None:
        """The next day is opened."""
        self.trial.now = (self.trial.now + timedelta(days=1)).replace(hour=1)
        self.trial.do(c.OpenDay(), CARL)


@settings(max_examples=40, deadline=None)
@given(DAYS)
def test_over_three_days_the_numbers_add_up_and_the_chain_of_nights_holds(
    days: list[list[str]],
) -> None:
    world = Days()
    world.trial.do(c.OpenDay(), CARL)
    kept_before = 0
    for deeds in days:
        world.begin()
        for deed in deeds:
            world.do(deed)
        closed = world.close()
        assert closed.numbers == DayNumbers(
            carried_in=kept_before,
            arrived=len(world.came),
            delivered=len(world.delivered),
            cancelled=len(world.cancelled),
            carried_over=len(world.here),
        )
        check_day(closed.numbers)
        assert {each.job for each in closed.carried} == world.here
        kept_before = len(world.here)
        world.morning()
        trial = world.trial
        for each in closed.carried:
            job = trial.job(each.job)
            assert each.nights == nights_kept(job, trial.now, trial.shop.settings)
            assert each.nights == (trial.now.date() - each.origin).days


def test_a_car_that_comes_after_closing_is_one_of_the_next_day() -> None:
    world = Days()
    world.do("come")
    assert world.close().numbers == DayNumbers(arrived=1, carried_over=1)
    world.trial.later(hours=1)
    world.do("come late")
    world.morning()
    assert world.close().numbers == DayNumbers(carried_in=1, arrived=1, carried_over=2)


def test_a_day_opened_again_counts_the_whole_day() -> None:
    world = Days()
    world.do("come")
    world.close()
    world.trial.later(minutes=5).do(c.ReopenDay(reason="one more"), CARL)
    world.do("come")
    assert world.close().numbers == DayNumbers(arrived=2, carried_over=2)


def test_a_shop_whose_first_day_was_never_opened_counts_by_the_calendar() -> None:
    world = Days()
    world.do("come")
    world.trial.now = NOW + timedelta(days=1)
    world.do("come")
    assert world.close().numbers == DayNumbers(carried_in=1, arrived=1, carried_over=2)


def test_a_day_left_open_counts_the_cars_that_have_left_live_state() -> None:
    """Falls over without `without(shop, job)` in `board/core/history.py`."""
    trial = Trial().do(c.OpenDay(), CARL)
    for number in range(4):
        trial.do(receive(f"j{number}", PLATES[number]), ANNA)
        trial.do(c.CancelJob(job=f"j{number}", reason="sold"), ANNA)
    trial.later(hours=80)
    for number in range(4):
        trial.do(c.ForgetJob(job=f"j{number}"), CLOCK)
    trial.do(receive("j9", PLATES[5]), ANNA).do(c.CancelJob(job="j9", reason="sold"), ANNA)
    trial.do(c.CloseDay(), CARL)
    assert trial.shop.day.numbers == DayNumbers(arrived=5, cancelled=5)


def test_who_left_before_a_closing_is_not_counted_again_after_it() -> None:
    trial = Trial().do(c.OpenDay(), CARL)
    trial.do(receive("j1", PLATES[0]), ANNA).do(c.CancelJob(job="j1", reason="sold"), ANNA)
    trial.later(minutes=1).do(c.CloseDay(), CARL).later(minutes=1)
    trial.do(receive("j2", PLATES[1]), ANNA).do(c.CancelJob(job="j2", reason="sold"), ANNA)
    for job in ("j1", "j2"):
        trial.later(hours=80).do(c.ForgetJob(job=job), CLOCK)
    day = trial.shop.day
    assert (day.numbers, day.gone_after) == (DayNumbers(arrived=1, cancelled=1),) * 2
    reopened = replace(trial.shop, day=day)
    trial.do(c.ReopenDay(reason="one more"), CARL)
    assert numbers(trial.shop, business_day(NOW, trial.shop.settings)).cancelled == 2
    trial.shop = reopened
    trial.do(c.OpenDay(), CARL).do(c.CloseDay(), CARL)
    assert trial.shop.day.numbers == DayNumbers(arrived=1, cancelled=1)
