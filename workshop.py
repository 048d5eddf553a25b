"""The wiring: builds every part and joins them. Board, displays and devices meet only here."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from board.accounts import open_accounts
from board.car_keys import is_sealed
from board.claim import Claim
from board.clock import Clock, RealClock, open_clock, real_now
from board.core.events import CarErased, Fact
from board.core.question_figures import question_gauges
from board.core.shop import Shop
from board.database import open_database
from board.desk import Desk
from board.erasing import purge_if_due
from board.erasures import keep_erasures
from board.https_files import HttpsFiles
from board.inquiries import inquiries_of
from board.journal import JournalUnavailable
from board.journal_sql import SqlJournal
from board.languages import Languages
from board.lease import Lease
from board.photo_sweeping import PhotoSweeping
from board.photos import Photos
from board.presence import Presence, total
from board.refolding import fill_new_tables
from board.resealing import seal_what_is_plain
from board.retention import overdue_in
from board.secret import derived, open_secret
from board.shops import KnownShop, Shops
from board.timekeeper import Timekeeper
from board.web import catalogue_door, photo_door, plates_door
from board.web.access import Access
from board.web.doors import Doors
from board.web.https_page import HttpsPage
from board.web.limits import Limits
from board.web.phone_streams import PhoneStreams
from board.web.photo_door import PhotoDoor
from board.web.proxies import Proxies
from board.web.sockets import Sockets
from devices.cameras.posted import PostedPlates
from devices.hall import SensorHall
from devices.speech import Speech
from displays.audiences import audiences
from displays.build import build_name
from displays.hub import Hub
from displays.live import Live
from displays.render import Renderer
from settings import Settings, make_data_folder
from workshop_bell import open_bell
from workshop_devices import asking_devices
from workshop_routes import make_app
from workshop_running import Running
from workshop_screens import ReportKeeping
from workshop_sensors import open_sensors
from workshop_showing import Showing, presence_of

LOG = logging.getLogger("baylight")
HOME = Path(__file__).resolve().parent
_LARGER = (photo_door, catalogue_door, plates_door)
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
        secret = open_secret(settings.secret_file, may_make=not is_sealed(self.engine))
        self.journal = SqlJournal(self.engine, secret)
        self.journal.require_secret()
        seal_what_is_plain(self.engine, self.journal)
        fill_new_tables(self.engine, self.journal)
        purge_if_due(self.engine)
        keep_erasures(self.engine, settings.data)
        self.photos = Photos(settings.data, self.journal.seals)
        self.shops = Shops(self.engine)
        self.clock = self._open_clock()
        self.accounts = open_accounts(self.engine, real_now, derived(secret, "accounts"))
        self.access = Access(self.accounts)
        self.languages = Languages(HOME / "locales")
        self.boot = secrets.token_hex(8)
        self._writer = ThreadPoolExecutor(1, "writer")
        house = derived(secret, "bell").hex()[:16]
        self.bell = open_bell(settings.redis_url, house, self.boot, lambda: presence_of(self.hub))
        self._known = self.shops.all() or [self.shops.first(real_now())]
        self.desks = {known.id: self._open_desk(known) for known in self._known}
        build = build_name(_SHOWN)
        self.renderer = Renderer(HOME / "templates", self.languages.translations, build)
        self.hub = Hub(self.boot, build, self.clock.now, self.clock.rate)
        self.live = Live(self.hub, self.renderer, partial(audiences, self._out_of_touch))
        self.showing = self._show_every_change()
        self.claim = Claim(Lease(self.engine, "sensors"), "sensors", self.boot)
        self.sensors = self._open_sensors(derived(secret, "readers"))
        asks = inquiries_of(self.engine)
        self.asking = asking_devices(settings, self.first_desk, self.sensors, asks)
        self.plates = self._open_plates(settings.data)
        self.speech = Speech(settings.speech, settings.data / "clips")
        self.doors = self._make_doors(derived(secret, "forms"))
        self.app = self._make_app()

    def _https_page(self) -> HttpsPage:
        files, said = HttpsFiles(self.settings.data), self.settings
        return HttpsPage(self.doors, files, said.host, said.port, said.https_port)

    def _open_clock(self) -> Clock:
        setting = self.settings.clock
        wish = (setting.start, setting.rate) if setting else None
        return open_clock(wish, self.settings.data, bool(self.journal.shop_ids()))

    def _open_plates(self, folder: Path) -> PostedPlates:
        home, would = self._known[0].id, self.sensors.note_shadow
        return PostedPlates(self.desks.get, self.clock.now, folder, home, would)

    def _open_desk(self, known: KnownShop) -> Desk:
        desk = Desk(self.journal, known.id, self.clock.now, self._writer, self.bell.ring)
        desk.subscribe(self._forget_elsewhere)
        return desk

    def _forget_elsewhere(self, shop: Shop, facts: Sequence[Fact]) -> None:
        """What was erased is not kept outside the journal either, but for the list of erasures."""
        jobs = [fact.event.job for fact in facts if isinstance(fact.event, CarErased)]
        if jobs:
            self.sensors.forget_suspects()
            self.plates.forget_suspects()
            self._writer.submit(self._keep_erasures)
            self._writer.submit(self.photos.forget, shop.id, jobs)

    def _keep_erasures(self) -> None:
        try:
            keep_erasures(self.engine, self.settings.data)
        except (OSError, JournalUnavailable):
            LOG.exception("the list of erasures could not be kept; the next start tries again")

    def _show_every_change(self) -> Showing:
        showing = Showing(self.journal, self.hub, self.live, self.access, self.clock.now)
        for desk in self.desks.values():
            showing.follow(desk)
        return showing

    @property
    def first_desk(self) -> Desk:
        """The desk of the oldest shop: the one meant where none is named."""
        return self.desks[self._known[0].id]

    def _open_sensors(self, badge_key: bytes) -> SensorHall:
        slug, parts = self._known[0].slug, (self.clock, self.claim, self.languages)
        return open_sensors(self.settings, slug, badge_key, self.first_desk, *parts)

    def _shop_of_host(self, host: str) -> str:
        name = host.rsplit(":", 1)[0]
        named = next((known.id for known in self._known if known.host == name), "")
        return named or (self._known[0].id if len(self._known) == 1 else "")

    def _make_doors(self, secret: bytes) -> Doors:
        phones = PhoneStreams()
        for desk in self.desks.values():
            desk.subscribe(phones.changed)
        return Doors(
            accounts=self.accounts,
            access=self.access,
            journal=self.journal,
            desk_of=self.desks.get,
            shop_of_host=self._shop_of_host,
            render=self.renderer.fragment,
            languages=self.languages,
            secret=secret,
            limits=Limits(larger={door.PATH: door.MOST_BYTES for door in _LARGER}),
            proxies=Proxies(self.settings.proxies),
            clock=real_now,
            degraded=self._degraded,
            figures=self._figures,
            connected=self._connected,
            simulated=self._simulated,
            phones=phones,
            photo=self.photos.read,
            has_photo=self.photos.has,
            plates=self.plates.hear,
            devices=self.asking.ask,
            bind=self.asking.act,
        )

    def _make_app(self) -> Sockets:
        photos, rate = PhotoDoor(self.doors, self.photos), self.clock.rate
        shown = (self.hub, self.live, self.renderer, self.speech)
        running, https = self._running().lifespan, self._https_page()
        return make_app(self.doors, photos, *shown, rate, running, https)

    def _simulated(self) -> Mapping[str, object] | None:
        if isinstance(self.clock, RealClock):
            return None
        return {"now": self.clock.now().isoformat(), "rate": self.clock.rate}

    def _degraded(self) -> Mapping[str, str]:
        faults = {"sensors": " ".join(self.sensors.degraded), "doorbell": self.bell.fault}
        faults |= {"speech": self.speech.fault, "https": self._https_page().fault}
        return {name: fault for name, fault in faults.items() if fault}

    def _presences(self) -> list[Presence]:
        """This process and, while the bell gets through, all others."""
        return [presence_of(self.hub), *self.bell.others()]

    def _connected(self) -> frozenset[str]:
        return frozenset(key for each in self._presences() for key in each.accounts)

    def _out_of_touch(self) -> bool:
        return bool(self.bell.fault)

    def _figures(self) -> Mapping[str, float]:
        screens = {f"screens_everywhere_{k}": float(n) for k, n in total(self._presences()).items()}
        figures = {**self.hub.gauges(), **self.sensors.counters, **self.bell.figures}
        figures |= {**self.plates.counters, **self.speech.figures, **screens}
        figures |= question_gauges(self.first_desk.shop, self.clock.now())
        figures["journal_seq"] = float(self.first_desk.shop.seq)
        return {**figures, "processes": 1.0 + len(self.bell.others())}

    def _running(self) -> Running:
        lease, overdue = Lease(self.engine, "timekeeper"), overdue_in(self.engine)
        return Running(
            desks=self.desks.values(),
            journal=self.journal,
            hub=self.hub,
            live=self.live,
            showing=self.showing,
            bell=self.bell,
            keeper=Timekeeper(self.desks.values, lease, self.boot, overdue),
            sensors=self.sensors,
            asking=self.asking,
            claim=self.claim,
            sweeping=PhotoSweeping(self.photos, self.journal, tuple(self.desks)),
            reports=ReportKeeping(self.hub, self.accounts.reports, real_now),
        )

    def close(self) -> None:
        """Give back the writer thread and every connection."""
        self._writer.shutdown()
        self.journal.close()
