"""What is kept for whoever stands before a device, besides its logbook."""

from datetime import datetime

from devices.bindings import Bindings
from devices.lately import Lately
from devices.measured import Measured
from devices.memory import Memory
from devices.reactions import Reactions
from devices.readings import Observation
from devices.shadow import Shadows


class Watching:
    """Which channels reacted, what sonars measured, what devices in shadow would have done."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.reactions = Reactions()
        self.measured = Measured()
        self.lately = Lately()
        self.shadows = Shadows()

    def note(self, seen: Observation) -> None:
        """Take in one observation."""
        self.reactions.note(seen)
        self.measured.note(seen)
        self.lately.note(seen)

    def weigh(self, memory: Memory, bindings: Bindings, now: datetime) -> Memory:
        """The memory with what devices in shadow say at this moment."""
        return self.shadows.weigh(memory, bindings, now)

    def follow(self, bindings: Bindings) -> None:
        """These are bound now."""
        self.shadows.follow(bindings)
