"""The timekeeper: sends what time does, from one process at a time, with deterministic ids."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from itertools import islice

from board.core.due import Due, due
from board.core.refusals import Refused
from board.core.roles import TIMEKEEPER
from board.desk import Desk
from board.journal import JournalUnavailable
from board.lease import Lease

LOG = logging.getLogger(__name__)
LEASE_SECONDS = 15.0
MOST_AT_ONCE = 200


class Timekeeper:
    """Asks every desk what is due and hands it in; only the holder of the lease does."""

    def __init__(
        self,
        desks: Callable[[], Iterable[Desk]],
        lease: Lease,
        holder: str,
    ) -> None:
        """`holder` names this run of this process; the lease runs on the database's clock."""
        self._desks = desks
        self._lease = lease
        self._holder = holder
        self._in_vain: dict[str, frozenset[str]] = {}
        self._told: set[str] = set()

    async def run(self, pause_seconds: float = 1.0) -> None:
        """Until cancelled: take or renew the lease, send what is due, pause."""
        while True:
            try:
                if await asyncio.to_thread(self._holds_lease):
                    await self._round()
            except JournalUnavailable as error:
                LOG.warning("the timekeeper waits: %s", error.sentence)
            except Exception:
                LOG.exception("a round of the timekeeper failed")
            await asyncio.sleep(pause_seconds)

    async def release(self) -> None:
        """Give the lease back so that another process goes on at once."""
        await asyncio.to_thread(self._lease.release, self._holder)

    def _holds_lease(self) -> bool:
        return self._lease.take(self._holder, LEASE_SECONDS) is not None

    async def _round(self) -> None:
        for desk in self._desks():
            found = list(islice(due(desk.shop, desk.now()), MOST_AT_ONCE))
            self._tell(desk.shop.id, found)
            asked = (desk.handle(command, TIMEKEEPER, name) for command, name in found)
            answers = await asyncio.gather(*asked)
            self._in_vain[desk.shop.id] = frozenset(
                name
                for (_, name), answer in zip(found, answers, strict=True)
                if isinstance(answer, Refused) or answer.repeated
            )

    def _tell(self, shop_id: str, found: list[Due]) -> None:
        """Log once what was answered before and is due all the same: time would ask for ever."""
        for command, name in found:
            if name in self._in_vain.get(shop_id, ()) and name not in self._told:
                self._told.add(name)
                LOG.error("%s is asked in vain: %s", type(command).__name__, name)
