"""A shop with three cars, in which time passes and days end; what people do there comes beside.

After every step the shop is sound; at the end every car that is here still gets to its end, by
commands its own people may ask.
"""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from board.core import commands as c
from board.core.catalogue import CatalogueItem
from board.core.day_book import Choice
from board.core.history import replay
from board.core.job import Flag
from board.core.roles import Actor
from board.core.shop import Shop
from tests.builders import (
    ANNA,
    CARL,
    CLOCK,
    MONA,
    PLATES,
    Trial,
    receive,
)
from tests.core.handed_over import shop_that_wants
from tests.core.sound import check_clocks, check_day, check_delivered, check_shop, check_time
from tests.core.usher import goes_on, usher

CARS = st.sampled_from(("j1", "j2", "j3"))
KINDS = st.sampled_from(("repair", "maintenance", "body", "chassis", "new_energy"))
OIL = CatalogueItem("A40", "40,000 km service", 1.5, 260_00, 420_00, "maintenance")


class ThreeCars(RuleBasedStateMachine):
    """Cars come, go on their usual way and stay overnight; everything may be wanted of them."""

    def __init__(self) -> None:
        super().__init__()
        self.trial = shop_that_wants()
        self.trial.do(c.ImportCatalogue(items=(OIL,)), MONA).do(c.OpenDay(), CARL)

    def ask(self, command: c.Command, by: Actor) -> None:
        """Ask; where the answer is no, the car goes on by one usual step instead."""
        before = self.trial.shop
        self.trial.when(command, by)
        if self.trial.refused is not None:
            assert self.trial.shop is before
            if (job := str(getattr(command, "job", ""))) in before.jobs:
                goes_on(self.trial, job, 1)

    def line(self, job: str, number: int) -> str:
        """One of the lines that the car has; of none the first."""
        lines = self.trial.shop.jobs[job].lines if job in self.trial.shop.jobs else ()
        return lines[number % len(lines)].id if lines else "1"

    @initialize(kind=KINDS, flags=st.sampled_from((frozenset(), frozenset({Flag.comeback}))))
    def cars_are_here(self, kind: str, flags: frozenset[Flag]) -> None:
        for number, steps in enumerate((2, 7)):
            job = f"j{number + 1}"
            self.ask(receive(job, PLATES[number], kind=kind, flags=flags), ANNA)
            self.ask(c.AddLine(job=job, code="A40"), ANNA)
            goes_on(self.trial, job, steps)

    @rule(job=CARS, booked=st.booleans(), kind=KINDS, minutes=st.integers(5, 600))
    def comes(self, job: str, booked: bool, kind: str, minutes: int) -> None:
        came = receive(job, PLATES[int(job[1])], kind=kind, checked_in=False)
        about = {"job": job, "car": came.car, "customer": came.customer, "kind": kind}
        at = self.trial.now + timedelta(minutes=minutes)
        self.ask(c.BookJob(**about, booked_for=at) if booked else came, ANNA)  # type: ignore[arg-type]

    @rule(job=CARS, steps=st.sampled_from((1, 2, 3)))
    def goes_on(self, job: str, steps: int) -> None:
        if job in self.trial.shop.jobs:
            goes_on(self.trial, job, steps)

    @rule(minutes=st.sampled_from((1, 5, 30, 240)))
    def time_passes(self, minutes: int) -> None:
        self.trial.later(minutes=minutes)
        for job in self.trial.shop.jobs:
            for due in (c.MarkNoShow, c.MarkUnclaimed, c.RemindHold, c.EscalateHold):
                self.trial.when(due(job=job), CLOCK)

    @rule(choice=st.sampled_from(Choice))
    def evening(self, choice: Choice) -> None:
        at = self.trial.now + timedelta(days=1)
        for job in self.trial.shop.jobs:
            decided = c.DecideCarryOver(job=job, choice=choice, promise=at, note="late")
            self.trial.when(decided, CARL)
        self.ask(c.CloseDay(), CARL)
        self.trial.later(hours=12)
        self.ask(c.OpenDay(), CARL)

    @precondition(lambda self: self.trial.events)
    @invariant()
    def is_sound(self) -> None:
        shop, now = self.trial.shop, self.trial.now
        check_shop(shop)
        check_clocks(shop, now)
        check_time(shop, now)
        check_day(shop.day.numbers)
        for job in shop.jobs.values():
            if job.state == "delivered":
                check_delivered(shop, job)

    def teardown(self) -> None:
        """No dead end: each car that is open still comes to its end, on a shop of its own."""
        assert replay(Shop(id="test"), self.trial.facts) == self.trial.shop
        for job_id, job in self.trial.shop.jobs.items():
            if job.is_closed:
                continue
            trial = Trial(self.trial.shop)
            trial.now = self.trial.now
            usher(trial, job_id)
            assert trial.job(job_id).is_closed, (trial.job(job_id), trial.asked[-5:], trial.refused)
            if trial.job(job_id).state == "delivered":
                check_delivered(trial.shop, trial.job(job_id))
