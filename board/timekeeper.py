"""The timekeeper: sends what time does, from one process at a time, with deterministic ids."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice

from board.core.due import Due, due
from board.core.refusals import Refused
from board.core.roles import TIMEKEEPER
from board.desk import Desk
from board.journal import JournalUnavailable
from board.lease import Lease
from board.retention import Overdue

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
        overdue: Overdue = lambda _shop, _now: [],
    ) -> None:
        """`holder` names this run of this process; the lease runs on the database's clock.

        `overdue` is asked once a day what may be erased, in a thread.
        """
        self._desks = desks
        self._lease = lease
        self._holder = holder
        self._overdue = overdue
        self._swept: dict[str, date] = {}
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

            await self._sweep(desk)

    async def _sweep(self, desk: Desk) -> None:
        """Once a day erase what the shop keeps no longer; go on at once while there is more."""
        now = desk.now()
        if self._swept.get(desk.shop.id) == now.date():
            return
        found = await asyncio.to_thread(self._overdue, desk.shop, now)
        asked = (desk.handle(command, TIMEKEEPER, name) for command, name in found)
        answers = await asyncio.gather(*asked)
        if found:
            LOG.info("%d cars of %s are erased: their time is over", len(found), desk.shop.id)
        went = [each for each in answers if not isinstance(each, Refused) and not each.repeated]
        if len(went) < MOST_AT_ONCE:
            self._swept[desk.shop.id] = now.date()

    def _tell(self, shop_id: str, found: list[Due]) -> None:
        """Log once what was answered before and is due all the same: time would ask for ever."""
        for command, name in found:
            if name in self._in_vain.get(shop_id, ()) and name not in self._told:
                self._told.add(name)
                LOG.error("%s is asked in vain: %s", type(command).__name__, name)
