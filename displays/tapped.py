"""When a deed was tapped that arrived later, as the way it came says it. Pure."""

from datetime import datetime

_WORD = "tapped"


def tapped_at(via: str) -> datetime | None:
    """The moment of the tap; None for what arrived at once, or came another way."""
    words = via.split()
    if _WORD not in words[1:-1]:
        return None
    try:
        return datetime.fromisoformat(words[words.index(_WORD, 1) + 1])
    except ValueError:
        return None
