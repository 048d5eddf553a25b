"""Holds: why a job stands still, who has to move next, and since when."""

from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class EndedHold:
    """A hold that is over: for the waiting times by reason."""

    hold: Hold
    ended_at: datetime
    ended_by: str
