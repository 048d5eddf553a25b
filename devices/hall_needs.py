"""What the hall of the sensors needs of the program around it: a desk, and the right to listen."""

from collections.abc import Awaitable
from typing import Protocol

from board.core.commands import Command
from board.core.roles import Actor
from board.core.shop import Shop


class TakesCommands(Protocol):
    """A desk, as far as sensors need one."""

    epoch: str
    """The name of the history the shop is in."""

    @property
    def shop(self) -> Shop:
        """The shop as published."""

    def handle(
        self,
        command: Command,
        actor: Actor,
        command_id: str | None = None,
        fence: tuple[str, int] | None = None,
    ) -> Awaitable[object]:
        """Receipt or refusal; an exception means: not written."""


class Claims(Protocol):
    """The right to listen, which one process has at a time; `fence` numbers its holders."""

    name: str
    is_elsewhere: bool
    """Whether another process had the right when it was last asked for."""

    async def held(self) -> int:
        """Wait until the right is ours; its number."""

    async def lost(self, fence: int) -> None:
        """Wait until the right with this number is ours no longer."""
