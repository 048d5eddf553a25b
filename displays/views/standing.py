"""Where a card stands in its lane: a key by which pages sort, so that no lane lists its cards.

Keys are compared sign by sign; cards of the same key stand by their region ids.
"""

from board.core.holds import CALENDAR
from board.core.job import Job
from board.core.promises import Tone
from board.core.roles import Role
from board.core.workflow import Lane

_OWNER_ORDER = (
    Role.parts,
    Role.advisor,
    Role.team_leader,
    Role.controller,
    Role.inspector,
    CALENDAR,
)
_RANKS = {str(owner): rank for rank, owner in enumerate(_OWNER_ORDER)}
_NEVER = 9_999_999_999


def standing_key(job: Job, lane: Lane, tone: Tone) -> str:
    """Late cars first, then by promise, then by the time the order was opened; held ones under
    the heading of whoever has to move.
    """
    promised = int(job.promise.at.timestamp()) if job.promise else _NEVER
    late = 0 if tone == Tone.late else 1
    own = f"{late}{promised:010}-{int(job.opened_at.timestamp()):010}"
    return f"{owner_key(owner_of(job))} {own}" if lane == Lane.hold else own


def owner_of(job: Job) -> str:
    """Whose move a held job waits for, '' for another."""
    return job.hold.owner if job.hold else ""


def owner_key(owner: str) -> str:
    """The key of a heading: it begins those of its cards, so it stands before them."""
    return f"{_RANKS.get(owner, len(_RANKS))}{owner}"
