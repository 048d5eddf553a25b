"""When a hold has lasted too long for its shop."""

from datetime import datetime

from board.core.days import after_open_time
from board.core.holds import Hold
from board.core.shop import Settings


def escalates_at(hold: Hold, settings: Settings) -> datetime | None:
    """When the controller is told: some time of the shop's opening hours after the hold was
    expected to end, or, where nobody said when, after its start. None for a hold that may last.
    """
    after = settings.hold_rules.escalates_after(hold.reason)
    if after is None:
        return None
    # Who names a time that lies before the hold's own start has named none.
    return after_open_time(max(hold.at, hold.expected or hold.at), after, settings)


def may_escalate(hold: Hold, settings: Settings, now: datetime) -> bool:
    """False while it is too early by any clock: most holds are, and this costs nothing."""
    after = settings.hold_rules.escalates_after(hold.reason)
    return after is not None and now >= max(hold.at, hold.expected or hold.at) + after
