"""What walls say aloud: which calls there are now, each in which round and due since when. Pure.

Words come later. How a screen sounds, and when it must be quiet, is the screen's own matter.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from board.core.call_places import told_at
from board.core.calls import Call, CallKind, CallStep
from board.core.job import Flag, Job, Where
from board.core.reception import waits
from board.core.shop import Shop
from board.core.workflow import State
from displays.views.lounge import may_be_seen
from displays.views.parts import JobMemory, Made, Projection, View

REGION = "speech"
WAIT = timedelta(seconds=10)
"""Before anything is said: somebody may take back what they did."""

EVERY = timedelta(seconds=60)
ROUNDS = 3
LAST_FOR = timedelta(minutes=5)
"""How long the last round may be begun: a screen may have many others to say before it."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One call in its present round, said `times` times in a row.

    `key` is the same in all its rounds; `at`: since when it is due, epoch seconds; `what` names
    its sentence; `of`: the ticket or the bay it is about; `where`: in place of a bay, where the
    car stands (`Where`), and `of` then on which parking place.
    """

    key: str
    turn: int
    at: int
    what: str
    of: str
    times: int = 2
    where: str = ""


@dataclass(frozen=True, slots=True)
class SpeechView:
    """All that is to be said now, the oldest first; nobody sees it."""

    template: ClassVar[str] = "speech/calls.html"
    calls: tuple[Announcement, ...] = ()


Calls = Callable[[Shop, datetime], tuple[Announcement, ...]]
"""What is to be said of a shop at a moment."""


class _CarCalls:
    """Calls of customers, from change to change: `make` says what is called of one car."""

    def __init__(self, make: Callable[[Shop, Job, datetime], Made[Announcement | None]]) -> None:
        self._memory = JobMemory(make, self._told)
        self._calls: dict[str, Announcement] = {}

    def __call__(self, shop: Shop, now: datetime) -> tuple[Announcement, ...]:
        self._memory.look(shop, now)
        return _in_order(self._calls.values()) if self._calls else ()

    def _told(self, job_id: str, before: Announcement | None, after: Announcement | None) -> None:
        if after is not None:
            self._calls[job_id] = after
        elif before is not None:
            del self._calls[job_id]


def ready_calls() -> Calls:
    """Whose car can be fetched, in three rounds, until it is handed over."""
    return _CarCalls(_ready)


def turn_calls() -> Calls:
    """Whose turn it is at reception, in three rounds, until somebody receives them."""
    return _CarCalls(_turn)


def _ready(shop: Shop, job: Job, now: datetime) -> Made[Announcement | None]:
    if job.state != State.ready or not may_be_seen(shop, job):
        return None, None
    return _in_rounds("ready", job.ticket, job.state_since, now)


def _turn(_shop: Shop, job: Job, now: datetime) -> Made[Announcement | None]:
    is_shy = not job.ticket or Flag.lounge_opt_out in job.flags
    if job.called_at is None or not waits(job) or is_shy:
        return None, None
    return _in_rounds("turn", job.ticket, job.called_at, now)


def _in_rounds(what: str, ticket: str, since: datetime, now: datetime) -> Made[Announcement | None]:
    """The round a call is in, and when the next one begins or the last one is over."""
    due = [since + WAIT + EVERY * number for number in range(ROUNDS)]
    due.append(due[-1] + LAST_FOR)
    turn = sum(at <= now for at in due)
    until = due[turn] if turn <= ROUNDS else None
    if not 0 < turn <= ROUNDS:
        return None, until
    key = f"{what}-{ticket}-{_seconds(since)}"
    return Announcement(key, turn, _seconds(due[turn - 1]), what, ticket), until


def help_calls(group: str) -> Calls:
    """Help that nobody has answered, said once and once more each time it is passed up, or its car
    stands in another bay or in none.

    `group`: keys of bays with commas between, '' for all. What no bay tells is said where it was
    called.
    """
    bays = frozenset(group.split(",")) if group else None

    def calls(shop: Shop, now: datetime) -> tuple[Announcement, ...]:
        if not shop.calls:
            return ()
        calling = (one for one in shop.calls.values() if one.step == CallStep.open)
        told = ((one, told_at(shop, one)) for one in calling)
        theirs = ((one, at) for one, at in told if bays is None or (at or one.bay) in bays)
        said = (_help(shop, one, at) for one, at in theirs)
        return _in_order(one for one in said if one.at <= now.timestamp())

    return calls


def _help(shop: Shop, call: Call, bay_id: str) -> Announcement:
    # Whoever stops work for safety is heard at once.
    patience = timedelta() if call.kind == CallKind.safety else WAIT
    at = call.escalated[-1] if call.escalated else call.called.at + patience
    of, where = _place(shop, call, bay_id)
    return Announcement(
        key=f"call-{call.id}-{bay_id or f'{where}-{of}'}",
        turn=1 + len(call.escalated),
        at=_seconds(at),
        what=f"call-{call.kind.value}",
        of=of,
        times=1,
        where=where,
    )


def _place(shop: Shop, call: Call, bay_id: str) -> tuple[str, str]:
    """What a call is said of, and where else than in a bay its car stands."""
    if bay_id:
        bay = shop.bays.get(bay_id)
        return bay.name if bay else bay_id, ""
    place = shop.jobs[call.job].place
    return place.spot if place.where == Where.parking else "", place.where.value


def _in_order(calls: Iterable[Announcement]) -> tuple[Announcement, ...]:
    return tuple(sorted(calls, key=lambda one: (one.at, one.key)))


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def calls_of(audience: str, group: str) -> Calls | None:
    """What a wall of this kind says; None for one that never speaks."""
    if audience == "tv":
        return help_calls(group)
    return {"lounge": ready_calls, "queue": turn_calls}.get(audience, lambda: None)()


class Speaking:
    """What a wall shows, and what it says as one region more."""

    def __init__(self, wall: Projection, calls: Calls) -> None:
        self._wall = wall
        self._calls = calls
        self._shown: Mapping[str, View] = {}
        self._said = SpeechView()
        self._views: Mapping[str, View] = {}

    def project(self, shop: Shop, now: datetime) -> Mapping[str, View]:
        """Every region by id. While nothing changes the same views come back."""
        shown, calls = self._wall.project(shop, now), self._calls(shop, now)
        if not self._views or shown is not self._shown or calls != self._said.calls:
            if calls != self._said.calls:
                self._said = SpeechView(calls)
            self._shown, self._views = shown, {**shown, REGION: self._said}
        return self._views
