"""The wiring: builds every part and joins them. Board, displays and devices meet only here."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Collection, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles

from board.accounts import open_accounts
from board.clock import Clock, RealClock, open_clock, real_now
from board.core.events import AccessChanged, Fact, PersonRemoved, PersonSetUp
from board.core.shop import Person, Shop
from board.database import open_database
from board.desk import Desk
from board.journal import JournalUnavailable
from board.journal_sql import SqlJournal
from board.languages import Languages
from board.lease import Lease
from board.recall import keep_snapshot
from board.secret import derived, open_secret
from board.shops import FIRST_SHOP, KnownShop, Shops
from board.ticking import Ticking
from board.timekeeper import Timekeeper
from board.web.access import Access, to_sign_out
from board.web.checks import patient
from board.web.doors import Doors
from board.web.errors import HANDLERS
from board.web.lookups import Lookups
from board.web.routes import middleware, routes
from devices.hall import HallSettings, SensorHall, hall_settings
from displays.admission import admission
from displays.board_pages import BoardPages
from displays.build import build_name
from displays.dialogs import Dialogs
from displays.frames import Position
from displays.hub import Hub, pulse
from displays.live import Live
from displays.pages import LivePages
from displays.render import Renderer
from displays.socket import socket_endpoint
from displays.tablet_pages import TabletPages
from displays.wire import REVOKED
from settings import Settings, make_data_folder

LOG = logging.getLogger("baylight")
HOME = Path(__file__).resolve().parent
VERSION = "0.1.0"
SNAPSHOT_EVERY = 2000
_SHOWN = tuple(HOME / folder for folder in ("templates", "static", "locales"))


class Workshop:
    """Every part of one process. Make it, then serve `app`; `close` when it has stopped."""

    def __init__(self, settings: Settings) -> None:
        """Opens the database and recalls every shop.

        Raises SettingsFault, JournalUnavailable, ClockRefused or ValueError, with a sentence.
        """
        self.settings = settings
        make_data_folder(settings.data)
        self.engine = open_database(settings.database_url)
        self.journal = SqlJournal(self.engine)
        self.shops = Shops(self.engine)
        self.clock = self._open_clock()
        secret = open_secret(settings.secret_file)
        self.accounts = open_accounts(self.engine, real_now, derived(secret, "accounts"))
        self.access = Access(self.accounts)
        self.languages = Languages(HOME / "locales")
        self.boot = secrets.token_hex(8)
        self._people: dict[str, Mapping[str, Person]] = {}
        self._writer = ThreadPoolExecutor(1, "writer")
        self._known = self.shops.all() or [self.shops.add(FIRST_SHOP, real_now())]
        self.desks = {known.id: self._open_desk(known) for known in self._known}
        build = build_name(_SHOWN)
        self.renderer = Renderer(HOME / "templates", self.languages.translations, build)
        self.hub = Hub(self.boot, build, self.clock.now, self.clock.rate)
        self.live = Live(self.hub, self.renderer)
        hall = self._hall_settings()
        self.sensors = SensorHall(self.first_desk, hall, self.clock.now, JournalUnavailable)
        self.doors = self._make_doors(derived(secret, "forms"))
        self.app = self._make_app()

    def _open_clock(self) -> Clock:
        setting = self.settings.clock
        wish = (setting.start, setting.rate) if setting else None
        return open_clock(wish, self.settings.data, bool(self.journal.shop_ids()))

    def _open_desk(self, known: KnownShop) -> Desk:
        desk = Desk(self.journal, known.id, self.clock.now, self._writer)
        desk.subscribe(self._changed)
        self._people[known.id] = desk.shop.people
        return desk

    @property
    def first_desk(self) -> Desk:
        """The desk of the oldest shop: the one meant where none is named."""
        return self.desks[self._known[0].id]

    def _hall_settings(self) -> HallSettings | None:
        if not self.settings.sensors:
            return None
        return hall_settings(self.settings.data, self._known[0].slug, self.settings.mqtt)

    def _changed(self, shop: Shop, facts: Sequence[Fact]) -> None:
        """Every change of a shop comes through here."""
        self.live.refresh(shop, self.clock.now(), self._position(shop))
        before, self._people[shop.id] = self._people.get(shop.id, {}), shop.people
        if gone := to_sign_out(before, shop.people):
            self._sign_out(shop.id, gone)
        if any(isinstance(fact.event, _ABOUT_ACCESS) for fact in facts):
            self._spawn(self._recheck())
        if shop.seq // SNAPSHOT_EVERY > (shop.seq - len(facts)) // SNAPSHOT_EVERY:
            self._spawn(asyncio.to_thread(keep_snapshot, self.journal, shop))

    def _sign_out(self, shop_id: str, people: Collection[str]) -> None:
        """Their screens go dark before anybody else could have revoked their sessions."""
        self.hub.close_people(shop_id, people, REVOKED)
        for person in people:
            self._spawn(self._end_person(shop_id, person))

    async def _end_person(self, shop_id: str, person: str) -> None:
        await self.access.end_person(shop_id, person)

    def _show(self, desk: Desk) -> None:
        self.live.refresh(desk.shop, self.clock.now(), self._position(desk.shop))

    def _position(self, shop: Shop) -> Position:
        return (self.journal.epoch, shop.seq)

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._spawned.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._spawned.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            LOG.error("%s failed", task.get_coro(), exc_info=error)

    async def _recheck(self) -> None:
        await self.access.recheck({screen.session for screen in self.hub.screens()})

    def _shop_of_host(self, host: str) -> str:
        name = host.rsplit(":", 1)[0]
        named = next((known.id for known in self._known if known.host == name), "")
        return named or (self._known[0].id if len(self._known) == 1 else "")

    def _make_doors(self, secret: bytes) -> Doors:
        return Doors(
            accounts=self.accounts,
            access=self.access,
            journal=self.journal,
            desk_of=self.desks.get,
            shop_of_host=self._shop_of_host,
            render=self.renderer.fragment,
            languages=self.languages,
            secret=secret,
            clock=real_now,
            degraded=self._degraded,
            figures=self._figures,
            simulated=self._simulated,
        )

    def _simulated(self) -> Mapping[str, object] | None:
        if isinstance(self.clock, RealClock):
            return None
        return {"now": self.clock.now().isoformat(), "rate": self.clock.rate}

    def _degraded(self) -> Mapping[str, str]:
        return {"sensors": " ".join(faults)} if (faults := self.sensors.degraded) else {}

    def _figures(self) -> Mapping[str, float]:
        journal = {"journal_seq": float(self.first_desk.shop.seq)}
        return {**journal, **self.hub.gauges(), **self.sensors.counters}

    def _make_app(self) -> Starlette:
        self._spawned: set[asyncio.Task[None]] = set()
        self.access.watch(self._ended)
        return Starlette(
            routes=self._routes(),
            middleware=middleware(self.doors),
            exception_handlers=HANDLERS,
            lifespan=self._lifespan,
        )

    def _ended(self, sessions: frozenset[str]) -> None:
        self.hub.close_holder(sessions, REVOKED)

    def _routes(self) -> list[BaseRoute]:
        patience = partial(patient, self.doors)
        pages = LivePages(self.live, self.hub, self.renderer, self.clock.rate, patience)
        looks = Lookups(self.journal, self.languages)
        dialogs = Dialogs(self.renderer, looks.history, looks.find, looks.say)
        return [
            *routes(self.doors, VERSION),
            *pages.routes(),
            *BoardPages(pages).routes(),
            *TabletPages(pages).routes(),
            *dialogs.routes(),
            WebSocketRoute("/live/{audience}", socket_endpoint(self.hub, admission(pages))),
            Mount("/static", StaticFiles(directory=HOME / "static")),
        ]

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        for desk in self.desks.values():
            self._show(desk)
        keeper = Timekeeper(
            self.desks.values, Lease(self.engine, "timekeeper"), self.boot, real_now
        )
        work = (
            pulse(self.hub, self.live.positions),
            Ticking(self.desks.values(), self._show, self._recheck).run(),
            keeper.run(),
            self.sensors.run(),
        )
        tasks = [asyncio.create_task(each) for each in work]
        try:
            yield
        finally:
            await self.hub.drain()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._leave(keeper)

    async def _leave(self, keeper: Timekeeper) -> None:
        with suppress(Exception):
            await keeper.release()
        for desk in self.desks.values():
            await desk.close()
            await asyncio.to_thread(keep_snapshot, self.journal, desk.shop)

    def close(self) -> None:
        """Give back the writer thread and every connection."""
        self._writer.shutdown()
        self.journal.close()


_ABOUT_ACCESS = (AccessChanged, PersonSetUp, PersonRemoved)
