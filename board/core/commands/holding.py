"""What time asks of holds that last too long."""

from dataclasses import dataclass

from board.core.commands.asked import Command


@dataclass(frozen=True, kw_only=True)
class EscalateHold(Command):
    """A hold has lasted longer than the shop allows for its reason: tell the controller."""

    job: str
