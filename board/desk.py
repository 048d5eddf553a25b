"""The desk: the one command path. Decides in a writer thread, in arrival order, batch by batch.

An acknowledged command is on disk. Commands that wait together are decided against a tentative
shop and committed as one batch; only then is the shop published and are the callers answered.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from board.batches import Batch, Decided, Fence, Pending, write_batch
from board.core.commands import Command
from board.core.events import Fact
from board.core.refusals import Refused
from board.core.roles import Actor
from board.core.shop import Shop
from board.ids import new_id
from board.journal import Journal, JournalUnavailable
from board.recall import recall

LOG = logging.getLogger(__name__)
Listener = Callable[[Shop, Sequence[Fact]], None]
Ring = Callable[[str, int], None]
"""Tells other processes that a shop's journal has grown up to a number; never waits or fails."""


def _silent(_shop_id: str, _seq: int) -> None:
    """What rings when there is nobody else."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A command that was granted: the journal's position after it."""

    seq: int
    repeated: bool = False


@dataclass(slots=True)
class _Waiting:
    pending: Pending
    answer: asyncio.Future[Receipt | Refused] = field(repr=False)


class Desk:
    """One shop's desk. Call everything from the event loop; listeners are called on it too."""

    def __init__(
        self,
        journal: Journal,
        shop_id: str,
        clock: Callable[[], datetime],
        writer: ThreadPoolExecutor,
        ring: Ring = _silent,
    ) -> None:
        """`clock`: the shop's now, aware UTC. `writer`: the one thread that writes.

        `ring` is called after each batch that this desk has written.
        """
        # Read first: a restore in between is then noticed by the next turn.
        self.epoch = journal.epoch
        self.shop = recall(journal, shop_id)
        self.journal = journal
        self._clock = clock
        self._writer = writer
        self._ring = ring
        self._waiting: list[_Waiting] = []
        self._listeners: list[Listener] = []
        self._turn: asyncio.Task[None] | None = None
        self._catching_up: list[asyncio.Future[None]] = []

    def now(self) -> datetime:
        """The shop's now, aware UTC."""
        return self._clock()

    def subscribe(self, listener: Listener) -> None:
        """Call `listener(shop, facts)` after every change; it must not block.

        A failing listener is logged and does not stop the others.
        """
        self._listeners.append(listener)

    async def handle(
        self,
        command: Command,
        actor: Actor,
        command_id: str | None = None,
        fence: Fence | None = None,
    ) -> Receipt | Refused:
        """Decide, write, publish, answer. A repeated id answers the first result again.

        Raises JournalUnavailable when nothing can be written now, FormerHolder when the lease of
        `fence` has another holder by then; nothing has happened in either case.
        """
        pending = Pending(command, actor, command_id or new_id(self.now()), fence)
        waiting = _Waiting(pending, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._ensure_turn()
        return await asyncio.shield(waiting.answer)

    async def catch_up(self) -> None:
        """Take in what other processes have written since.

        Raises JournalUnavailable when it cannot be read now, and any defect in reading it.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._catching_up.append(done)
        self._ensure_turn()
        await asyncio.shield(done)

    def is_behind(self) -> bool:
        """Whether others wrote or restored since; asks the journal, so call it from a thread."""
        epoch, head = self.journal.place(self.shop.id)
        return epoch != self.epoch or head > self.shop.seq

    async def close(self) -> None:
        """Wait until everything handed in is answered."""
        while self._turn is not None and not self._turn.done():
            await asyncio.shield(self._turn)

    def _ensure_turn(self) -> None:
        if self._turn is None or self._turn.done():
            self._turn = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        while self._waiting or self._catching_up:
            taken, self._waiting = self._waiting, []
            behind, self._catching_up = self._catching_up, []
            error = await self._one_batch(taken)
            if error and behind and taken and not isinstance(error, JournalUnavailable):
                error = await self._one_batch([])
            for done in behind:
                _caught_up(done, error)

    async def _one_batch(self, taken: list[_Waiting]) -> Exception | None:
        """Decide, write and publish `taken`; what went wrong with the batch as a whole."""
        loop = asyncio.get_running_loop()
        asked = [waiting.pending for waiting in taken]
        try:
            batch = await loop.run_in_executor(
                self._writer, write_batch, self.journal, self.epoch, self.shop, asked, self.now()
            )
        except Exception as error:
            await self._without_batch(taken, error)
            return error
        self._publish(batch)
        for waiting, decided in zip(taken, batch.decided, strict=True):
            _settle(waiting.answer, decided)
        if batch.wrote:
            self._ring(batch.shop.id, batch.shop.seq)
        return None

    async def _without_batch(self, taken: list[_Waiting], error: Exception) -> None:
        """Let what cannot be written fail alone: its neighbours are decided again, one by one."""
        if isinstance(error, JournalUnavailable) or len(taken) < 2:
            self._fail(taken, error)
            return
        for waiting in taken:
            await self._one_batch([waiting])

    def _fail(self, taken: list[_Waiting], error: Exception) -> None:
        if taken and not isinstance(error, JournalUnavailable):
            LOG.error("a batch could not be written", exc_info=error)
        for waiting in taken:
            if not waiting.answer.done():
                waiting.answer.set_exception(error)

    def _publish(self, batch: Batch) -> None:
        if batch.shop is self.shop:
            return
        self.epoch, self.shop = batch.epoch, batch.shop
        for listener in self._listeners:
            try:
                listener(batch.shop, batch.facts)
            except Exception:
                LOG.exception("a listener failed at seq %d", batch.shop.seq)


def _settle(answer: asyncio.Future[Receipt | Refused], decided: Decided) -> None:
    if answer.done():
        return
    if isinstance(decided, Exception):
        answer.set_exception(decided)
    elif isinstance(decided, Refused):
        answer.set_result(decided)
    else:
        answer.set_result(Receipt(decided.seq, decided.repeated))


def _caught_up(done: asyncio.Future[None], error: Exception | None) -> None:
    if done.done():
        return
    if error is not None:
        done.set_exception(error)
    else:
        done.set_result(None)
