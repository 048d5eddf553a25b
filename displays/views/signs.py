"""The state line of a card: one chip that says what goes on, in codes.

A table by state; the words are in the template, the running time in the page.
"""

from dataclasses import dataclass
from datetime import datetime

from board.core.holds import PARTS_REASONS, HoldReason
from board.core.job import Job
from board.core.shop import Shop
from board.core.workflow import Lane, State
from displays.views.moments import Moment, moment, seconds

_CUSTOMER = frozenset({HoldReason.approval, HoldReason.quote})


@dataclass(frozen=True, slots=True)
class Sign:
    """`tone` colours the chip, `says` picks the wording, the rest fills it in.

    A hold that was told to the controller has the tone of what is late, whatever its reason.
    says: state, since (state and elapsed), waited (elapsed), bay, hold (reason and elapsed)
    or expected (when the hold should end).
    """

    tone: str
    icon: str
    says: str
    since: int | None = None
    bay: str = ""
    who: str = ""
    hold: str = ""
    expected: Moment | None = None


_SHAPES: dict[str, tuple[str, str, str]] = {
    State.arrived: ("act", "user", "state"),
    State.receiving: ("plain", "play", "since"),
    State.awaiting_dispatch: ("plain", "ring", "waited"),
    State.dispatched: ("plain", "ring", "bay"),
    State.working: ("plain", "play", "bay"),
    State.rework: ("plain", "back", "bay"),
    State.road_test: ("plain", "route", "since"),
    State.washing: ("plain", "drop", "since"),
    State.awaiting_wash: ("plain", "drop", "state"),
    State.awaiting_settlement: ("plain", "coin", "state"),
    State.ready: ("ready", "tick", "state"),
    State.unclaimed: ("risk", "clock", "since"),
}
_CHECK = ("plain", "check", "state")
_OTHER = ("plain", "ring", "state")


def sign(shop: Shop, job: Job, now: datetime) -> Sign:
    """What the card's state line shows of `job`."""
    if job.hold is not None:
        return _held(shop, job, now)
    usual = _CHECK if shop.workflow.lane_of(job.state) == Lane.check else _OTHER
    tone, icon, says = _SHAPES.get(job.state, usual)
    if job.state == State.working and not job.running_lines:
        icon = "ring"
    since = seconds(job.state_since) if says in {"since", "waited"} else None
    if says != "bay":
        return Sign(tone, icon, says, since)
    return Sign(tone, icon, says, bay=_bay_name(shop, job), who=_lead(shop, job))


def _bay_name(shop: Shop, job: Job) -> str:
    bay = shop.bays.get(job.bay)
    return bay.name if bay else ""


def _lead(shop: Shop, job: Job) -> str:
    running = [clock.technician for line in job.running_lines for clock in line.running_clocks]
    names = [*running, *job.technicians]
    return shop.name_of(names[0]) if names else ""


def _held(shop: Shop, job: Job, now: datetime) -> Sign:
    hold = job.hold
    if hold is None:
        return Sign(*_OTHER)
    since, reason = seconds(hold.at), hold.reason.value
    if hold.escalated_at is not None:
        return Sign("late", "bang", "hold", since, hold=reason)
    if hold.reason in _CUSTOMER:
        return Sign("act", "phone", "hold", since, hold=reason)
    icon = "box" if hold.reason in PARTS_REASONS else "clock"
    if hold.expected is not None and hold.expected > now:
        expected = moment(hold.expected, now, shop.settings)
        return Sign("risk", icon, "expected", since, hold=reason, expected=expected)
    return Sign("risk", icon, "hold", since, hold=reason)
