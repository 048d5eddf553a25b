"""When a hold has lasted too long for its shop."""

from datetime import datetime

from board.core.holds import Hold, HoldRules


def escalates_at(hold: Hold, rules: HoldRules) -> datetime | None:
    """When the controller is told: some time after the hold was expected to end, or, where nobody
    said when, after its start. None for a hold that may last.
    """
    after = rules.escalates_after(hold.reason)
    if after is None:
        return None
    # Who names a time that lies before the hold's own start has named none.
    return max(hold.at, hold.expected or hold.at) + after
