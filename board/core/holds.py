"""Holds: why a job stands still, who has to move next, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from board.core.personal import Personal
from board.core.roles import Role


class HoldReason(StrEnum):
    """Why a job is held."""

    parts_issue = "parts_issue"
    parts_order = "parts_order"
    parts_wrong = "parts_wrong"
    approval = "approval"
    quote = "quote"
    warranty = "warranty"
    insurer = "insurer"
    technical_help = "technical_help"
    bay = "bay"
    equipment = "equipment"
    technician = "technician"
    sublet = "sublet"
    next_trade = "next_trade"
    road_test = "road_test"
    pause = "break"
    safety = "safety"
    other = "other"


CALENDAR = "calendar"

OWNERS: dict[HoldReason, str] = {
    HoldReason.parts_issue: Role.parts,
    HoldReason.parts_order: Role.parts,
    HoldReason.parts_wrong: Role.parts,
    HoldReason.approval: Role.advisor,
    HoldReason.quote: Role.advisor,
    HoldReason.warranty: Role.advisor,
    HoldReason.insurer: Role.advisor,
    HoldReason.sublet: Role.advisor,
    HoldReason.technical_help: Role.team_leader,
    HoldReason.safety: Role.team_leader,
    HoldReason.bay: Role.controller,
    HoldReason.equipment: Role.controller,
    HoldReason.technician: Role.controller,
    HoldReason.next_trade: Role.controller,
    HoldReason.other: Role.controller,
    HoldReason.road_test: Role.inspector,
    HoldReason.pause: CALENDAR,
}

NEEDS_EXPECTED = frozenset({HoldReason.parts_order})
NEEDS_NOTE = frozenset({HoldReason.other})
PARTS_REASONS = frozenset({HoldReason.parts_issue, HoldReason.parts_order, HoldReason.parts_wrong})

USUAL_ESCALATE_SECONDS: Mapping[HoldReason, int] = {HoldReason.technical_help: 1800}


@dataclass(frozen=True, slots=True)
class HoldRules:
    """What a shop says of its holds, per reason; what it does not say stays as it ships.

    `owners`: who moves next. `escalate_seconds`: how long a hold may last within opening hours,
    after the time it was expected to end or else from its start, before the controller is told; 0
    for never.
    `others_escalate_seconds` counts for every reason that has no time of its own.
    """

    owners: Mapping[HoldReason, Role] = field(default_factory=dict)
    escalate_seconds: Mapping[HoldReason, int] = field(default_factory=dict)
    others_escalate_seconds: int = 3600

    def owner_of(self, reason: HoldReason) -> str:
        """The role that ends a hold of this reason; a break always belongs to the calendar."""
        usual = OWNERS[reason]
        return usual if usual == CALENDAR else self.owners.get(reason, usual)

    @property
    def owner_roles(self) -> frozenset[Role]:
        """Every role that ends a hold of some reason in this shop."""
        owners = {self.owner_of(reason) for reason in HoldReason} - {CALENDAR}
        return frozenset(map(Role, owners))

    def escalates_after(self, reason: HoldReason) -> timedelta | None:
        """How long a hold of this reason may last before it escalates; None for ever."""
        if OWNERS[reason] == CALENDAR:
            return None
        usual = USUAL_ESCALATE_SECONDS.get(reason, self.others_escalate_seconds)
        seconds = self.escalate_seconds.get(reason, usual)
        return timedelta(seconds=seconds) if seconds else None


@dataclass(frozen=True, slots=True)
class Hold:
    """An open hold. `owner` is the role that ends it; `from_state` is where the job returns."""

    reason: HoldReason
    owner: str
    by: str
    at: datetime
    from_state: str
    note: Personal = ""
    expected: datetime | None = None
    reminded_at: datetime | None = None
    escalated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EndedHold:
    """A hold that is over: for the waiting times by reason.

    `corrected` marks an end that nobody pressed: a break that was forgotten.
    """

    hold: Hold
    ended_at: datetime
    ended_by: str
    corrected: bool = False
