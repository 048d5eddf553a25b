"""What Tasmotas have told of their topics and words, and messages that wait for it. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from devices.families.message import Message
from devices.families.tasmota_words import Words

MOST_HEADS = 1000


@dataclass(frozen=True, slots=True)
class Heads:
    """What stands before the last word of a device's topics: its prefix and its own topic. What
    words devices have of their own, by topic.
    """

    by_head: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[str, Words] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message in words that only its device's discovery explains."""

    name: str
    prefix: str
    what: str
    message: Message


def more(known: Heads, told: Heads) -> Heads:
    """What is known, with what a discovery tells; nothing more once there is too much."""
    by_head, words = {**known.by_head, **told.by_head}, {**known.words, **told.words}
    if max(len(by_head), len(words)) > MOST_HEADS:
        return known
    return Heads(by_head, words)
