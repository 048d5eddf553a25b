"""What no command may exceed: lengths and signs of texts, and moments nobody speaks of."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta

from board.core import commands as c
from board.core.refusals import Refused

_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
# Line breaks and tabs of remarks, and what joins the parts of an emoji.
_WRITTEN = frozenset("\t\n\r\u200c\u200d")
# What a scanner types into a field: whoever reads it can sign in as somebody else.
_BADGE = re.compile(r"[Bb][0-9]{40}")
_MOST_SIGNS = 500
_FARTHEST = timedelta(days=3650)


def beyond_limits(command: c.Command, now: datetime) -> Refused | None:
    """None unless a remark is too long, a time lies more than ten years away, or a text holds
    signs that garble what stands beside it or the code of a badge.
    """
    for each in fields(command):
        value = getattr(command, each.name)
        if any(map(_is_garbled, _texts(value))):
            return Refused("signs_wrong", fields=(each.name,))
        if any(map(_BADGE.search, _texts(value))):
            return Refused("badge_written", fields=(each.name,))
        if isinstance(value, datetime) and abs(value - now) > _FARTHEST:
            return Refused("time_far", fields=(each.name,))
        remark = each.name in {"reason", "note"} and isinstance(value, str)
        if remark and len(value) > _MOST_SIGNS:
            return Refused("too_long", {"limit": _MOST_SIGNS}, (each.name,))
    return None


def _texts(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))
    elif isinstance(value, Mapping):
        for part in (*value, *value.values()):
            yield from _texts(part)
    elif isinstance(value, tuple | frozenset):
        for part in value:
            yield from _texts(part)


def _is_garbled(text: str) -> bool:
    if text.isascii() and text.isprintable():
        return False
    return any(unicodedata.category(s) in _UNSEEN and s not in _WRITTEN for s in text)


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
