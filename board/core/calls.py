"""Help calls: what somebody at a bay needs, who comes, and how long that may take.

A call blocks nothing. Knows no screens and no speech.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from board.core.roles import Role


class CallKind(StrEnum):
    """What help is called for."""

    parts = "parts"
    technical = "technical"
    quality = "quality"
    controller = "controller"
    safety = "safety"


class CallStep(StrEnum):
    """How far a call is: nobody has answered, somebody comes, is there, it is over."""

    open = "open"
    answered = "answered"
    reached = "reached"
    closed = "closed"


class CallEnd(StrEnum):
    """Why a call is over that nobody closed: its car or its bay has gone, the day or the shift is
    over.
    """

    car = "car"
    bay = "bay"
    day = "day"
    shift = "shift"


_ALWAYS = frozenset({Role.controller, Role.manager})
ANSWERERS: Mapping[CallKind, frozenset[Role]] = {
    CallKind.parts: _ALWAYS | {Role.parts},
    CallKind.technical: _ALWAYS | {Role.team_leader, Role.inspector},
    CallKind.quality: _ALWAYS | {Role.inspector},
    CallKind.controller: _ALWAYS,
    CallKind.safety: _ALWAYS | {Role.team_leader, Role.inspector, Role.advisor, Role.parts},
}
"""Who comes when a kind of help is called; a stop for safety concerns everybody in charge."""

LADDER: Mapping[CallKind, tuple[Role, ...]] = {
    kind: (Role.manager,) if kind == CallKind.controller else (Role.controller, Role.manager)
    for kind in CallKind
}
"""Who is told, one after the other, when nobody answers."""

USUAL_ANSWER_SECONDS: Mapping[CallKind, int] = {CallKind.safety: 60, CallKind.controller: 180}


@dataclass(frozen=True, slots=True)
class CallRules:
    """What a shop says of its calls; what it does not say stays as it ships.

    `answer_seconds`: how long a call of a kind may stay unanswered before the controller is told,
    and as long again before the manager is; 0 for never. `others_answer_seconds` counts for every
    kind that has no time of its own.
    """

    answer_seconds: Mapping[CallKind, int] = field(default_factory=dict)
    others_answer_seconds: int = 300

    def answered_within(self, kind: CallKind) -> timedelta | None:
        """How long a call of this kind may stay unanswered; None for ever."""
        usual = USUAL_ANSWER_SECONDS.get(kind, self.others_answer_seconds)
        seconds = self.answer_seconds.get(kind, usual)
        return timedelta(seconds=seconds) if seconds else None


@dataclass(frozen=True, slots=True)
class Done:
    """Who did a step of a call, as the journal names them, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """One help call from a bay; `job` is '' where no car is concerned.

    `called`, `answered`, `reached`, `closed`: each step that was made. `over`: why it is closed
    though nobody closed it. `escalated`: when each rung of the ladder was told. `version` counts
    its changes.
    """

    id: str
    kind: CallKind
    bay: str
    called: Done
    job: str = ""
    answered: Done | None = None
    reached: Done | None = None
    closed: Done | None = None
    over: CallEnd | None = None
    escalated: tuple[datetime, ...] = ()
    version: int = 0

    @property
    def step(self) -> CallStep:
        """How far it is."""
        if self.closed is not None:
            return CallStep.closed
        if self.reached is not None:
            return CallStep.reached
        return CallStep.open if self.answered is None else CallStep.answered

    @property
    def last(self) -> Done:
        """Who made the last step, and when."""
        return self.closed or self.reached or self.answered or self.called

    @property
    def told(self) -> tuple[Role, ...]:
        """Who was told that nobody answered, in order."""
        return LADDER[self.kind][: len(self.escalated)]


def escalates_at(call: Call, rules: CallRules) -> datetime | None:
    """When the next rung of the ladder is told; None when nobody is left, or somebody comes."""
    after = rules.answered_within(call.kind)
    told = len(call.escalated)
    if after is None or call.step != CallStep.open or told == len(LADDER[call.kind]):
        return None
    return call.called.at + after * (told + 1)


def urgency(call: Call) -> tuple[bool, bool, bool, datetime, str]:
    """Sorts calls: those that somebody has reached last; of others safety first, then what nobody
    has answered, then the oldest.
    """
    return (
        call.step == CallStep.reached,
        call.kind != CallKind.safety,
        call.step != CallStep.open,
        call.called.at,
        call.id,
    )
