"""What follows from a change: screens are shown it, people who may no longer look are sent away.

A part of the wiring; knows nothing of how the parts are made.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from datetime import datetime
from functools import partial

from board.core.events import AccessChanged, Fact, PersonRemoved, PersonSetUp
from board.core.shop import Person, Shop
from board.desk import Desk
from board.journal import Journal
from board.presence import Presence
from board.recall import keep_snapshot
from board.web.access import Access, to_sign_out
from displays.hub import Hub
from displays.live import Live
from displays.wire import REVOKED
from workshop_screens import follow_orders

LOG = logging.getLogger("baylight")
SNAPSHOT_EVERY = 2000
_ABOUT_ACCESS = (AccessChanged, PersonSetUp, PersonRemoved)


def presence_of(hub: Hub) -> Presence:
    """What this process tells the others of its screens."""
    screens = hub.screens()
    accounts = {f"{each.variant.shop}:{each.account}" for each in screens if each.account}
    audiences = Counter(each.variant.audience for each in screens)
    return Presence(hub.boot, dict(audiences), tuple(sorted(accounts)))


class Showing:
    """Hears every change of every desk it follows."""

    def __init__(
        self,
        journal: Journal,
        hub: Hub,
        live: Live,
        access: Access,
        clock: Callable[[], datetime],
    ) -> None:
        self._journal = journal
        self._hub = hub
        self._live = live
        self._access = access
        self._clock = clock
        self._epochs: dict[str, str] = {}
        self._people: dict[str, Mapping[str, Person]] = {}
        self._spawned: set[asyncio.Task[None]] = set()
        access.watch(self._ended)

    def follow(self, desk: Desk) -> None:
        """Hear what changes in this desk's shop from here on."""
        self._people[desk.shop.id] = desk.shop.people
        self._epochs[desk.shop.id] = desk.epoch
        desk.subscribe(partial(self._changed, desk))

    def show(self, desk: Desk) -> None:
        """Bring the desk's shop to every screen as of now."""
        self._live.refresh(desk.shop, self._clock(), (desk.epoch, desk.shop.seq))

    async def recheck(self) -> None:
        """Close the screens of sessions that are over."""
        await self._access.recheck({screen.session for screen in self._hub.screens()})

    def _changed(self, desk: Desk, shop: Shop, facts: Sequence[Fact]) -> None:
        """Every change of a shop comes through here."""
        restored = self._epochs[shop.id] != desk.epoch
        if restored:
            self._epochs[shop.id] = desk.epoch
            self._access.forget()
        # Whoever left must not be shown even this.
        before, self._people[shop.id] = self._people.get(shop.id, {}), shop.people
        if gone := to_sign_out(before, shop.people):
            self._sign_out(shop.id, gone)
        self._live.change(desk.shop, self._clock(), (desk.epoch, desk.shop.seq))
        follow_orders(self._hub, self._access, shop, facts, self._clock())
        if restored or any(isinstance(fact.event, _ABOUT_ACCESS) for fact in facts):
            self._spawn(self.recheck())
        if shop.seq // SNAPSHOT_EVERY > (shop.seq - len(facts)) // SNAPSHOT_EVERY:
            self._spawn(asyncio.to_thread(keep_snapshot, self._journal, shop, desk.epoch))

    def _sign_out(self, shop_id: str, people: Collection[str]) -> None:
        """Their screens go dark before anybody else could have revoked their sessions."""
        self._hub.close_people(shop_id, people, REVOKED)
        for person in people:
            self._spawn(self._end_person(shop_id, person))

    async def _end_person(self, shop_id: str, person: str) -> None:
        await self._access.end_person(shop_id, person)

    def _ended(self, sessions: frozenset[str]) -> None:
        self._hub.close_holder(sessions, REVOKED)

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._spawned.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._spawned.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            LOG.error("%s failed", task.get_coro(), exc_info=error)
