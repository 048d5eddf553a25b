"""Asks the desk until it has answered: until then nothing else is read, and the broker keeps what
waits. Knows no messages and no rules of jobs.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from board.core.refusals import Refused
from devices.asking import Asker, Asks
from devices.intake_counters import IntakeCounters

LOG = logging.getLogger(__name__)
LONGEST_PAUSE_SECONDS = 5.0

Send = Callable[[Asks, str, Asker], Awaitable[object]]
"""Hands a command with its id to the desk. An exception means: not written, try again."""


@dataclass(frozen=True, slots=True)
class Insisting:
    """`passing`: the failure of `send` that passes by itself and is waited for; any other is a
    defect that costs one command.
    """

    send: Send
    passing: type[Exception]
    retry_seconds: float
    counters: IntakeCounters

    async def ask(
        self, command: Asks, command_id: str, asker: Asker, what: str = ""
    ) -> object | None:
        """The desk's answer, None after a defect; `what` names the matter in the log, if not the
        device.
        """
        pause, what = self.retry_seconds, what or asker.device
        while True:
            try:
                answer = await self.send(command, command_id, asker)
                break
            except self.passing:
                self.counters.failed_sends += 1
                LOG.exception("What %s says could not be written; trying again", what)
            except Exception:
                self.counters.defects += 1
                LOG.exception("What %s says could not be written; given up", what)
                return None
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        if isinstance(answer, Refused):
            self.counters.refused += 1
            LOG.warning("What %s says was refused: %s", what, answer.code)
        return answer
