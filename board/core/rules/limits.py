"""What no command may exceed: lengths of remarks, and moments that no workshop speaks of."""

from dataclasses import fields
from datetime import datetime, timedelta

from board.core import commands as c
from board.core.refusals import Refused

_MOST_SIGNS = 500
_FARTHEST = timedelta(days=3650)


def beyond_limits(command: c.Command, now: datetime) -> Refused | None:
    """None unless a remark is too long or a time lies more than ten years away."""
    for each in fields(command):
        value = getattr(command, each.name)
        if isinstance(value, datetime) and abs(value - now) > _FARTHEST:
            return Refused("time_far", fields=(each.name,))
        remark = each.name in {"reason", "note"} and isinstance(value, str)
        if remark and len(value) > _MOST_SIGNS:
            return Refused("too_long", {"limit": _MOST_SIGNS}, (each.name,))
    return None
