"""What no command may exceed: lengths and signs of texts, and moments nobody speaks of."""

import unicodedata
from dataclasses import fields
from datetime import datetime, timedelta

from board.core import commands as c
from board.core.refusals import Refused

_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
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


def length_fault(text: str, limit: int, field: str) -> Refused | None:
    """None when `text` has at most `limit` signs."""
    return Refused("too_long", {"limit": limit}, (field,)) if len(text) > limit else None


def text_fault(text: str, limit: int, field: str) -> Refused | None:
    """None when `text` fits on one line: no longer than `limit`, and every sign can be seen.

    Signs that turn the direction of writing would garble whatever stands beside the text.
    """
    refused = length_fault(text, limit, field)
    if refused is not None:
        return refused
    if any(unicodedata.category(sign) in _UNSEEN for sign in text.strip()):
        return Refused("signs_wrong", fields=(field,))
    return None
