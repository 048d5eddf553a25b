"""What a bay's row on the workshop TV says: one state, one word, one time.

Pure. A state is one style: `s-work` normal, `s-act` somebody must act, `s-warn` stands still,
`s-late`, `s-done` passed the final check, `s-idle` no car, `s-help` help is called for. Words are
message ids.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from board.core import words
from board.core.bays import Bay, BayCondition
from board.core.call_places import call_at
from board.core.calls import Call, CallStep
from board.core.conditions import condition, idle_since, is_worked_on
from board.core.holds import Hold, HoldReason
from board.core.job import Job
from board.core.promises import Tone, tone
from board.core.shop import Settings, Shop
from board.core.workflow import Lane, State
from displays.views.moments import Moment, moment
from displays.views.parts import N_


@dataclass(frozen=True, slots=True)
class Timing:
    """The last column: `kind` is left, over or since (running, from `at` in epoch seconds),
    clock (`when`) or next (the word `caption` says where the car goes), '' for nothing."""

    kind: str = ""
    caption: str = ""
    at: int | None = None
    when: Moment | None = None


@dataclass(frozen=True, slots=True)
class Face:
    """Style, icon and word of the chip, and what the last column says. `goes_on`: icon and word
    of what goes on beside a chip that says late, none where that is work as usual.
    """

    style: str
    icon: str
    word: str
    timing: Timing = Timing()
    goes_on: tuple[str, str] | None = None


HOLD_WORDS: dict[HoldReason, str] = {
    HoldReason.parts_issue: N_("Get parts"),
    HoldReason.parts_order: N_("Parts due"),
    HoldReason.parts_wrong: N_("Bad part"),
    HoldReason.approval: N_("Needs OK"),
    HoldReason.quote: N_("Quoting"),
    HoldReason.warranty: N_("Claim"),
    HoldReason.insurer: N_("Insurer"),
    HoldReason.technical_help: N_("Expert"),
    HoldReason.bay: N_("No bay"),
    HoldReason.equipment: N_("No tool"),
    HoldReason.technician: N_("No tech"),
    HoldReason.sublet: N_("Sent out"),
    HoldReason.next_trade: N_("Next shop"),
    HoldReason.road_test: N_("Test due"),
    HoldReason.pause: N_("Break"),
    HoldReason.safety: N_("Stopped"),
    HoldReason.other: N_("Held"),
}

_WAITED, _FOR = N_("waiting"), N_("elapsed")
_QUEUED: dict[str, Face] = {
    State.awaiting_dispatch: Face("s-act", "queue", N_("Dispatch")),
    State.dispatched: Face("s-act", "queue", N_("To start")),
    State.rework: Face("s-act", "queue", N_("Rework")),
}
_DONE: dict[str, str] = {
    State.awaiting_wash: N_("Wash"),
    State.awaiting_settlement: N_("Settle"),
    State.ready: N_("Pick-up"),
    State.unclaimed: N_("Pick-up"),
}
_EMPTY: dict[BayCondition, Face] = {
    BayCondition.free: Face("s-idle", "idle", words.CONDITION[BayCondition.free]),
    BayCondition.reserved: Face("s-idle", "book", words.CONDITION[BayCondition.reserved]),
    BayCondition.cleaning: Face("s-idle", "wash", words.CONDITION[BayCondition.cleaning]),
    BayCondition.maintenance: Face("s-idle", "wrench", N_("Upkeep")),
    BayCondition.closed: Face("s-idle", "shut", words.CONDITION[BayCondition.closed]),
}
_STANDS = Face("s-warn", "pause", N_("Idle car"))


def face(shop: Shop, bay: Bay, now: datetime) -> Face:
    """What the row of `bay` says at `now`."""
    call = call_at(shop, bay.id) if shop.calls else None
    if call is not None and call.step != CallStep.reached:
        return call_face(call, now, shop.settings)
    car = shop.car_in(bay.id)
    shown = _empty(shop, bay, now) if car is None else _occupied(shop, bay, car, now)
    told = shown_job(shop, bay)
    return shown if told is None else _late(told, now, shop.settings, shown)


def shown_job(shop: Shop, bay: Bay) -> Job | None:
    """The car that the row of `bay` is about: the one in it, else the one it is reserved for."""
    car = shop.car_in(bay.id)
    if car is None and condition(shop, bay) == BayCondition.reserved:
        return next(iter(expected(shop, bay)), None)
    return car


def told_job(shop: Shop, bay: Bay) -> Job | None:
    """The car whose plate the row of `bay` shows: that of the call it tells, else its own."""
    call = call_at(shop, bay.id) if shop.calls else None
    is_told = call is not None and call.step != CallStep.reached
    called = shop.jobs.get(call.job) if call is not None and is_told else None
    return called or shown_job(shop, bay)


def call_face(call: Call, now: datetime, settings: Settings) -> Face:
    """Help that is called for outranks all else until somebody is there. What flashes is new:
    a call, and that it was told on.
    """
    word = words.CALL[call.kind]
    if call.answered is not None:
        since = running("since", N_("coming"), call.answered.at, now, settings)
        return Face("s-help is-answered", "help", word, since)
    caption = N_("nobody") if call.escalated else _WAITED
    return Face("s-help", "help", word, running("since", caption, call.called.at, now, settings))


def _empty(shop: Shop, bay: Bay, now: datetime) -> Face:
    said = condition(shop, bay)
    if said not in _EMPTY:
        return replace(_STANDS, timing=_stands(shop, bay, N_("car in"), now))
    if said == BayCondition.reserved:
        return replace(_EMPTY[said], timing=_start(expected(shop, bay), now, shop.settings))
    if bay.until is not None and said != BayCondition.free:
        until = moment(bay.until, now, shop.settings)
        return replace(_EMPTY[said], timing=Timing("clock", N_("until"), when=until))
    return _EMPTY[said]


def expected(shop: Shop, bay: Bay) -> tuple[Job, ...]:
    """The jobs whose cars an empty bay is reserved for, the next one first."""
    jobs = shop.jobs_for(bay.id)
    return tuple(job for job in jobs if shop.workflow.lane_of(job.state) == Lane.work)


def _start(jobs: tuple[Job, ...], now: datetime, settings: Settings) -> Timing:
    starts = [job.start_at for job in jobs if job.start_at is not None]
    if not starts:
        return Timing()
    return Timing("clock", N_("start"), when=moment(min(starts), now, settings))


def _occupied(shop: Shop, bay: Bay, car: Job, now: datetime) -> Face:
    if car.hold is not None:
        return _held(car.hold, now, shop.settings)
    lane = shop.workflow.lane_of(car.state)
    waited = running("since", _WAITED, car.state_since, now, shop.settings)
    if car.state in _QUEUED:
        return replace(_QUEUED[car.state], timing=waited)
    if lane == Lane.check:
        return _looked_at(shop, car, waited)
    if car.state in _DONE:
        return Face("s-done", "done", N_("All done"), Timing("next", _DONE[car.state]))
    if lane == Lane.reception:
        return Face("s-work", "work", N_("Intake"), waited)
    if car.state == State.washing:
        return Face("s-work", "wash", N_("Wash"), replace(waited, caption=_FOR))
    if is_worked_on(car):
        return Face("s-work", "work", N_("Repair"), _left(car, now, shop.settings))
    return replace(_STANDS, timing=_stands(shop, bay, N_("nobody"), now))


def _looked_at(shop: Shop, car: Job, waited: Timing) -> Face:
    if shop.workflow.steps[car.state].check is None:
        return Face("s-work", "next", N_("On test"), replace(waited, caption=_FOR))
    return Face("s-act", "check", N_("To check"), waited)


def _stands(shop: Shop, bay: Bay, caption: str, now: datetime) -> Timing:
    since = idle_since(shop, bay)
    return running("since", caption, since, now, shop.settings) if since else Timing()


def _left(car: Job, now: datetime, settings: Settings) -> Timing:
    if car.promise is not None:
        return running("left", N_("left"), car.promise.at, now, settings)
    began = [clock.started_at for line in car.lines for clock in line.running_clocks]
    return running("since", _FOR, min(began, default=car.state_since), now, settings)


def running(kind: str, caption: str, at: datetime, now: datetime, settings: Settings) -> Timing:
    """A running time on its own day; on another day the time of day, which says more."""
    when = moment(at, now, settings)
    return Timing("clock", caption, when=when) if when.days else Timing(kind, caption, when.at)


def _held(hold: Hold, now: datetime, settings: Settings) -> Face:
    shown = Face("s-warn", "wait", HOLD_WORDS[hold.reason])
    if hold.expected is None or hold.expected <= now:
        return replace(shown, timing=running("since", _WAITED, hold.at, now, settings))
    due = N_("arrives") if hold.reason == HoldReason.parts_order else N_("due")
    when = moment(hold.expected, now, settings)
    return replace(shown, timing=Timing("clock", due, when=when))


def _late(car: Job, now: datetime, settings: Settings, shown: Face) -> Face:
    """Late outranks what goes on: sign and word say so with the colour, and what goes on stands
    beside them, smaller, in the place of the caption of the time.

    `tone` alone says what is late, as on the board and in the head: a car that is ready has kept
    its promise. One that passed its final check and is not ready says whose turn it is.
    """
    if car.promise is None or tone(car, now) != Tone.late:
        return shown
    over = running("over", N_("over"), car.promise.at, now, settings)
    late = Face("s-late", "late", N_("Late"), over)
    if shown.style == "s-work":
        return late
    turn = ("next", shown.timing.caption) if shown.style == "s-done" else (shown.icon, shown.word)
    return replace(late, timing=replace(over, caption=""), goes_on=turn)
