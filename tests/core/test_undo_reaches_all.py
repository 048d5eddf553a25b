"""Undo reaches every command about a job; those that it cannot reach are named here with a reason.

Found by the commands themselves: one that is new must be undone, or be named.
"""

from dataclasses import fields, replace

import pytest

from board.codec import wire_name
from board.core import commands as c
from board.core.job import Job
from board.core.permissions import ASKERS
from board.core.shop import Shop
from board.core.workflow_shipped import SHIPPED
from tests.builders import Trial
from tests.core.deed import WHO, Deed, asked_in, granted
from tests.core.every_deed import DEEDS

CANNOT: dict[str, str] = {
    "book_job": "an order has a number and a customer who was told: cancel it",
    "receive_job": "a car has a ticket and an order a number: cancel it",
    "undo_move": "what was taken back is done again, not taken back once more",
    "answer_question": "the question is of a bay; a car put there by it is placed anew",
    "mark_no_show": "time did it",
    "mark_unclaimed": "time did it",
    "remind_hold": "time did it, and somebody was told",
    "close_break": "time did it, long after",
    "close_clock": "time did it: the controller corrects the clock",
    "forget_job": "time did it, long after",
    "escalate_hold": "time did it, and somebody was told",
    "note_late_parts": "time did it, and somebody was told",
    "take_ticket": "a car has a ticket and an order a number: cancel it",
}
"""Commands with a job that undo does not reach, and why."""

_WATCHED = "since when the bay is watched begins anew, for the car went and came"
_NUMBERED = "the ticket's number stays used: the next car gets the next one"
OUTSIDE: dict[str, str] = {
    **dict.fromkeys(("move_job to arrived", "arrive_job", "answer_arrival"), _NUMBERED),
    **dict.fromkeys(
        (
            "place_car",
            "start_line",
            "move_job to road_test",
            "move_job to delivered",
            "start_road_test",
            "cancel_job",
            "decide_carry_over",
        ),
        _WATCHED,
    ),
}
"""Deeds that leave something outside the job as they made it, and what that is."""

THEIRS: dict[str, str] = {
    "call_help": "a call is of a bay, not of its job: undo_call takes it back",
    "decide_line on the phone": "the customer said so: the advisor puts down another answer",
    "renew_code": "the old code stays closed: a new one is given once more",
    "renew_link": "the old link stays closed: a new one is given once more",
    "call_ticket": "the customers have seen it: the ticket is passed over, or called again",
}
"""Deeds that nobody takes back, and what is done instead."""

ABOUT_A_JOB = sorted(
    (wire_name(kind) for kind in ASKERS if "job" in kind.__dataclass_fields__), key=str
)
TRIED = [
    deed for deed in DEEDS if deed.name not in THEIRS and deed.name.partition(" ")[0] in ABOUT_A_JOB
]
_BESIDE = frozenset({"seq", "jobs", "last_deed", "placed", "running", "allocated"})
"""What of a shop follows from its jobs and its journal."""


def samples_of(name: str) -> list[Deed]:
    """The deeds of a command."""
    return [deed for deed in DEEDS if deed.name.partition(" ")[0] == name]


@pytest.mark.parametrize("name", ABOUT_A_JOB)
def test_a_command_about_a_job_is_undone_or_named(name: str) -> None:
    """A new command with a job needs a sample among the deeds, then undo is tried on it, or a
    reason above."""
    assert bool(samples_of(name)) != (name in CANNOT), name


def test_nothing_is_named_that_is_not_there() -> None:
    assert set(CANNOT) <= set(ABOUT_A_JOB)
    assert {*OUTSIDE, *THEIRS} <= {deed.name for deed in DEEDS}


@pytest.mark.parametrize("deed", TRIED, ids=lambda deed: deed.name)
def test_who_did_it_takes_it_back_and_the_job_is_as_before(deed: Deed) -> None:
    tried = 0
    for state in SHIPPED.steps:
        for who in granted(deed, state)[:1]:
            trial = asked_in(deed, state)
            before = trial.shop
            trial.do(deed.command(trial), WHO[who])
            if trial.shop.jobs["j1"] is before.jobs["j1"]:
                continue
            trial.later(seconds=29).do(c.UndoMove(job="j1"), WHO[who])
            assert whole(trial.job()) == whole(before.jobs["j1"]), (state, who)
            assert changed_beside(before, trial.shop) == [] or deed.name in OUTSIDE, state
            tried += 1
    assert tried, f"nobody is ever granted {deed.name}"


@pytest.mark.parametrize("name", sorted(OUTSIDE))
def test_what_stays_outside_is_really_so(name: str) -> None:
    deed = next(deed for deed in DEEDS if deed.name == name)
    left: list[str] = []
    for state in SHIPPED.steps:
        for who in granted(deed, state)[:1]:
            trial = asked_in(deed, state)
            before = trial.shop
            trial.do(deed.command(trial), WHO[who])
            if trial.shop.jobs["j1"] is not before.jobs["j1"]:
                trial.do(c.UndoMove(job="j1"), WHO[who])
                left += changed_beside(before, trial.shop)
    assert left


def whole(job: Job) -> Job:
    """The job without what an undo itself brings."""
    return replace(job, version=0, last=None)


def changed_beside(before: Shop, after: Shop) -> list[str]:
    """The parts of the shop, its jobs apart, that are not as they were."""
    names = [part.name for part in fields(Shop) if part.name not in _BESIDE]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def test_a_trial_without_jobs_has_nothing_to_undo() -> None:
    trial = Trial().when(c.UndoMove(job="j1"), WHO["advisor"])
    trial.then_refused("unknown_job")
