"""Whatever technicians press and controllers correct: no clock is negative, none of one person
cross, and the sums add up.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from board.core import commands as c
from board.core.clocks import clocks_of, overlap, total
from board.core.due import due
from board.core.lines import Clock
from board.core.roles import Actor
from tests.builders import ANNA, CARL, CLOCK, NOW, PLATES, TINA, TOM, Trial, dispatched

PEOPLE = (TOM, TINA)
JOBS = ("j1", "j2")
MOMENTS = st.integers(0, 40).map(lambda quarters: NOW + timedelta(minutes=15 * quarters))


def on_lines(who: Actor) -> st.SearchStrategy[c.Command]:
    """What somebody presses about a line of one of two cars."""
    job, line = st.sampled_from(JOBS), st.sampled_from(("", "1", "2"))
    kinds = (c.StartLine, c.StartLine, c.PauseLine, c.FinishLine)
    return st.one_of(
        *(st.builds(kind, job=job, line=line) for kind in kinds), st.builds(c.UndoMove, job=job)
    )


def off_lines(who: Actor) -> st.SearchStrategy[c.Command]:
    """What somebody presses when it is no car."""
    codes = st.sampled_from(("training", "break", "cleaning"))
    return st.one_of(st.builds(c.StartIndirect, code=codes), st.just(c.StopIndirect()))


PRESSED = st.sampled_from(PEOPLE).flatmap(
    lambda who: st.tuples(st.one_of(on_lines(who), off_lines(who)), st.just(who))
)
CORRECTED = st.tuples(st.integers(0, 30), st.none() | MOMENTS, st.none() | MOMENTS)
PAUSES = st.sampled_from((0, 5, 900, 1800, 3600, 3600 * 14))
STEPS = st.lists(st.tuples(st.one_of(PRESSED, CORRECTED), PAUSES), max_size=40)


def two_cars() -> Trial:
    """Two cars, each with two lines, Tom on one and Tina on the other."""
    trial = dispatched(dispatched(Trial()), "j2", PLATES[1], bay="2", to=TINA)
    for job in JOBS:
        trial.do(c.AddLine(job=job, text="Tyres", technicians=("tom", "tina")), ANNA)
    return trial


def every_clock(trial: Trial) -> Iterator[tuple[Clock, c.Command]]:
    """Each clock there is, with a correction that changes nothing of it."""
    for job in trial.shop.jobs.values():
        for line in job.lines:
            for one in line.clocks:
                about = (one.technician, one.started_at)
                yield one, _of_line(job.id, line.id, *about)
    for who, mine in trial.shop.indirect.items():
        for each in mine:
            began = each.clock.started_at
            yield each.clock, c.CorrectIndirect(technician=who, started_at=began, reason="so")


def _of_line(job: str, line: str, who: str, began: datetime) -> c.Command:
    return c.CorrectClock(job=job, line=line, technician=who, started_at=began, reason="so")


def _correction(
    trial: Trial, number: int, begins: datetime | None, ends: datetime | None
) -> c.Command | None:
    found = [command for _, command in every_clock(trial)]
    if not found:
        return None
    command = found[number % len(found)]
    assert isinstance(command, c.CorrectClock | c.CorrectIndirect)
    shape = {**vars(command), "begins_at": begins, "ended_at": ends}
    return type(command)(**shape)


def check(trial: Trial) -> None:
    """What is true of all clocks at any time."""
    now = trial.now
    for who in PEOPLE:
        mine = list(clocks_of(who.id, trial.shop))
        assert all(one.ended_at is None or one.started_at <= one.ended_at for one in mine)
        assert all(one.started_at <= now and (one.ended_at or now) <= now for one in mine)
        assert sum(one.ended_at is None for one in mine) <= 1
        lasting = [one for one in mine if one.started_at != one.ended_at]
        assert not any(overlap(one, other) for one, other in combinations(lasting, 2))
        assert all(one.corrected == (one.original is not None) for one in mine)
        assert timedelta(0) <= total(mine, now) <= now - NOW
    lines = (line for job in trial.shop.jobs.values() for line in job.lines)
    worked = sum((line.worked(now) for line in lines), timedelta())
    indirect = [one.clock for mine in trial.shop.indirect.values() for one in mine]
    everything = [clock for who in PEOPLE for clock in clocks_of(who.id, trial.shop)]
    assert worked + total(indirect, now) == total(everything, now)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_clocks_are_never_negative_never_cross_and_add_up(
    steps: list[tuple[tuple[c.Command, Actor] | tuple[int, datetime, datetime], int]],
) -> None:
    """Falls over without `overlapped(will_be, others) is not None` in
    `board/core/rules/indirect.py`.
    """
    trial = two_cars()
    for step, pause in steps:
        trial.later(seconds=pause)
        for command, _ in tuple(due(trial.shop, trial.now)):
            trial.do(command, CLOCK)
        if len(step) == 2:
            trial.when(*step)
        elif (correction := _correction(trial, *step)) is not None:
            trial.when(correction, CARL)
        check(trial)
