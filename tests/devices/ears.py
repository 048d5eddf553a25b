"""A family and its fold for tests: messages in, observations out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from devices.adapters import Adapter
from devices.profiles.shelf import Shelf
from devices.readings import Event, Level, Observation, State
from devices.recall import NO_PROFILES, Recall, recall
from tests.devices.moments import at


def packed(payload: object) -> bytes:
    """Bytes as they are, a text in UTF-8, anything else as JSON."""
    if isinstance(payload, bytes):
        return payload
    return (payload if isinstance(payload, str) else json.dumps(payload)).encode()


@dataclass
class Ear:
    """Hears one family's messages one after the other, as the intake does."""

    adapter: Adapter
    memory: Recall = field(default_factory=Recall)
    shelf: Shelf = NO_PROFILES

    def hear(
        self, topic: str, payload: object, seconds: float = 0, *, retained: bool = False
    ) -> list[Observation]:
        """What one message means now."""
        found: list[Observation] = []
        for reading in self.adapter.parse(topic, packed(payload), retained, at(seconds)):
            self.memory, meant = recall(self.memory, self.adapter, reading, self.shelf)
            found.extend(meant)
        return found


def levels(found: Sequence[Observation]) -> list[tuple[str, Level]]:
    """The channels and values among them."""
    return [(one.channel, one.value) for one in found if isinstance(one, State)]


def presses(found: Sequence[Observation]) -> list[tuple[str, str]]:
    """The channels and words of the events among them."""
    return [(one.channel, one.value) for one in found if isinstance(one, Event)]
