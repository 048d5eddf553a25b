"""What the holder of a tablet did last, in a code and a text, while it can be taken back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from board.core.job import Job
from board.core.lines import LineState
from board.core.plates import split_plate
from board.core.rules.undoing import WINDOW
from board.core.workflow import State
from displays.views.tablet_deeds import said_of
from displays.views.tablet_views import UndoView

_LINE_DEEDS = {
    LineState.running: "started",
    LineState.paused: "paused",
    LineState.done: "finished",
}


def undo_view(jobs: Iterable[Job], now: datetime) -> UndoView:
    """The newest of the holder's own last changes, empty when none can be taken back any longer."""
    fresh = [(job.last.at, job) for job in jobs if job.last and job.last.at + WINDOW > now]
    if not fresh:
        return UndoView()
    at = max(when for when, _job in fresh)
    done = [_done(job) for when, job in fresh if when == at]
    # A start may have paused the clock on another car: the start is what was done.
    newest = min(done, key=lambda one: (one.did == "paused", one.job))
    return replace(newest, until=int((at + WINDOW).timestamp())) if newest.job else UndoView()


def undo_ends_at(jobs: Iterable[Job], now: datetime) -> datetime | None:
    """When the first of the changes that can be taken back no longer can."""
    ends = (job.last.at + WINDOW for job in jobs if job.last)
    return min((end for end in ends if end > now), default=None)


def _done(job: Job) -> UndoView:
    if job.last is None or job.last.before is None:
        return UndoView()
    did, text = what_changed(job.last.before, job)
    return UndoView(job.id, split_plate(job.car.plate), did, text)


def what_changed(before: Job, after: Job) -> tuple[str, str]:
    """A code for the difference between two states of a job, and the line's text if it is one."""
    if len(after.checks) > len(before.checks):
        return ("passed" if after.checks[-1].passed else "failed"), ""
    if after.road_tests != before.road_tests:
        return "road_test", ""
    if found := [line for line in after.lines[len(before.lines) :] if line.extra]:
        return "reported", found[0].text
    if (after.hold is None) != (before.hold is None):
        return ("resumed" if after.hold is None else "held"), ""
    if len(after.notes) > len(before.notes):
        return "noted", after.notes[-1].note
    if _asked(after) > _asked(before):
        return "asked", ""
    changed = _changed_line(before, after)
    if changed is not None:
        return changed
    if after.place != before.place:
        return "placed", ""
    return _moved(before.state, after.state), ""


def _asked(job: Job) -> int:
    """How many parts were asked for."""
    return sum(len(line.requests) for line in job.lines)


def _moved(before: str, after: str) -> str:
    if after == State.washing:
        return "wash"
    if before == after:
        return "changed"
    return _LEFT.get(before, "changed")


_LEFT: dict[str, str] = {State.washing: "washed", State.awaiting_wash: "skip"}


def _changed_line(before: Job, after: Job) -> tuple[str, str] | None:
    """The line whose state changed; a finish tells more than the start that follows it."""
    states = {line.id: line.state for line in before.lines}
    changed = [
        (_LINE_DEEDS[line.state], said_of(line))
        for line in after.lines
        if line.state in _LINE_DEEDS and states.get(line.id) != line.state
    ]
    return min(
        changed, key=lambda deed: ("finished", "started", "paused").index(deed[0]), default=None
    )
