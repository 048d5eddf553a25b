"""A shop with open doors: uvicorn in a thread, a real desk on SQLite, real templates."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from board.accounts import open_accounts
from board.accounts_credentials import CredentialKind
from board.core.roles import Actor, Role
from board.database import connect
from board.desk import Desk
from board.journal_sql import SqlJournal
from board.languages import Languages
from board.photos import Photos
from board.shop_file import ShopFile, read_shop_file
from board.web import catalogue_door, photo_door, plates_door
from board.web.access import Access
from board.web.doors import Doors
from board.web.errors import HANDLERS
from board.web.limits import Limits
from board.web.phone_door import PhoneDoor
from board.web.photo_door import PhotoDoor
from board.web.proxies import Proxies, read_networks
from board.web.routes import middleware, routes
from board.web.sockets import Sockets
from devices.cameras.posted import PostedPlates
from displays.render import Renderer
from displays.views.phone import phone_page
from tests.web.telling import breaks, live, who

ROOT = Path(__file__).parents[2]
SHOP = "shop-1"
PEPPER = b"pepper for tests"
INSTALLER = Actor("person", "chen", "Chen", frozenset({Role.manager}), "install")

FILE = """
[shop]
name = "Test shop"
language = "en"
[[bays]]
id = "bay-3"
name = "3"
[[people]]
id = "chen"
name = "Chen"
roles = ["manager"]
[[people]]
id = "li"
name = "Li"
roles = ["advisor"]
[[people]]
id = "lin"
name = "Lin"
roles = ["controller"]
[[people]]
id = "wang"
name = "Wang"
roles = ["technician"]
"""
PASSWORD = "correct horse"
PIN = "2580"

T = TypeVar("T")


class Clock:
    """The real time of the test; moves only when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return now."""
        return self.now

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


class Front:
    """The running shop; what touches the desk goes through `do`."""

    def __init__(self, database: Path, proxies: str = "", limits: Limits | None = None) -> None:
        self.clock = Clock()
        self.engine = connect(f"sqlite:///{database}")
        self.journal = SqlJournal(self.engine)
        self.photos = Photos(database.parent, self.journal.seals)
        self.accounts = open_accounts(self.engine, self.clock, PEPPER)
        self.access = Access(self.accounts)
        self.ended: list[frozenset[str]] = []
        self.access.watch(self.ended.append)
        self._writer = ThreadPoolExecutor(1)
        self.desk = Desk(self.journal, SHOP, self.clock, self._writer)
        self.desks = {SHOP: self.desk}
        self.degraded: dict[str, str] = {}
        self.simulated: dict[str, object] = {}
        self.plates = 0
        self._proxies = Proxies(read_networks(proxies))
        taking = (photo_door, catalogue_door, plates_door)
        larger = {door.PATH: door.MOST_BYTES for door in taking}
        self.cameras = PostedPlates(self.desks.get, self.clock)
        self._limits = limits or Limits(body_seconds=2.0, larger=larger)
        self._ready: Future[int] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self._server = uvicorn.Server(
            uvicorn.Config(
                self._app(), ws="websockets-sansio", log_config=None, proxy_headers=False
            )
        )

    def _app(self) -> Sockets:
        languages = Languages(ROOT / "locales")
        self.doors = Doors(
            accounts=self.accounts,
            access=self.access,
            journal=self.journal,
            desk_of=self.desks.get,
            shop_of_host=lambda host: SHOP,
            render=Renderer(ROOT / "templates", languages.translations).fragment,
            languages=languages,
            secret=b"secret for tests",
            clock=self.clock,
            limits=self._limits,
            proxies=self._proxies,
            degraded=lambda: self.degraded,
            simulated=lambda: self.simulated or None,
            photo=self.photos.read,
            has_photo=self.photos.has,
            plates=self.cameras.hear,
            figures=lambda: {"journal_seq": float(self.desk.shop.seq)},
        )
        self.desk.subscribe(self.doors.phones.changed)
        answers = Starlette(
            routes=[
                *routes(self.doors, "1.2.3"),
                *PhotoDoor(self.doors, self.photos).routes(),
                *PhoneDoor(self.doors, phone_page).routes(),
                Route("/who", who),
                Route("/breaks", breaks),
            ],
            middleware=middleware(self.doors),
            exception_handlers=HANDLERS,
        )
        return Sockets(answers, live, self.doors)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        # Listening before the server runs: whoever comes early waits instead of being refused.
        with socket.create_server(("127.0.0.1", 0)) as door:
            self._ready.set_result(door.getsockname()[1])
            await self._server.serve(sockets=[door])
        await self.desk.close()

    def start(self) -> "Front":
        """Start, wait until it accepts connections, set the shop up."""
        self._thread.start()
        self.port = self._ready.result(60)
        found = read_shop_file(FILE)
        assert isinstance(found, ShopFile)
        self.do(self.desk.handle(found.command, INSTALLER, "install"))
        return self

    def stop(self) -> None:
        """Stop and wait for the end."""
        self._server.should_exit = True
        self._thread.join(20)
        assert not self._thread.is_alive()
        self._writer.shutdown()
        self.journal.close()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the server's loop and return what it gives."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    @property
    def busy(self) -> bool:
        """Whether a request is being answered."""
        return bool(self._server.server_state.tasks)

    @property
    def url(self) -> str:
        """Where the shop is, without slash."""
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def browser(self) -> Iterator[httpx.Client]:
        """A browser: keeps cookies and says where its pages come from."""
        with httpx.Client(base_url=self.url, headers={"origin": self.url}) as client:
            yield client

    @contextmanager
    def as_person(self, person: str) -> Iterator[httpx.Client]:
        """A browser on which somebody is signed in; sends the CSRF token by itself."""
        sessions = self.accounts.sessions
        token = sessions.open_person(SHOP, person, "password", "en")
        with self.browser() as client:
            client.cookies.set("baylight_session_http", token)
            client.headers["x-csrf-token"] = client.get("/who").json()["csrf"]
            yield client

    @contextmanager
    def as_program(self, *roles: Role) -> Iterator[httpx.Client]:
        """A program with a key."""
        made = self.accounts.tokens.create(SHOP, "program", roles)
        headers = {"authorization": f"Bearer {made.secret}"}
        with httpx.Client(base_url=self.url, headers=headers) as client:
            yield client

    def give(self, person: str, kind: CredentialKind, secret: str) -> None:
        """Give a person a PIN or a password."""
        self.accounts.credentials.set(SHOP, person, kind, secret)

    def receive(self, plate: str = "京A12345") -> str:
        """Receive a car; return the job."""
        with self.as_person("li") as li:
            answer = li.post("/api/v1/commands/receive_job", json={"car": {"plate": plate}})
        assert answer.status_code == 200, answer.text
        job: str = answer.json()["job"]
        return job

    def notes(self) -> list[tuple[str, str, str]]:
        """(actor, what, subject) of every change of access in the journal."""
        entries = self.journal.read(SHOP, 0)
        return [
            (entry.actor, str(entry.body["what"]), str(entry.body["subject"]))
            for entry in entries
            if entry.kind == "access_changed"
        ]


def until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something holds, at most so long."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
