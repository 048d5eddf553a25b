"""The shop's public doors as the people of the day use them: signing in, commands, looking.

Every deed is safe to repeat, so a server that restarts in the middle loses nothing.
"""

import asyncio
import logging
import re
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import TypeVar
from uuid import uuid4
from zoneinfo import ZoneInfo

from simulator.http import Answer, Connection, Json, Unreachable, is_object
from simulator.shop_clock import ShopTime

Found = TypeVar("Found")
LOG = logging.getLogger(__name__)
_CSRF = re.compile(r'name="csrf" (?:value|content)="([^"]+)"')
PATIENCE_SECONDS = 90.0
PAUSE_SECONDS = 0.3


class ShopGone(Exception):
    """The server has not answered for a long time; the day cannot go on."""


@dataclass(slots=True)
class Tally:
    """What came of all commands. `surprises`: what a sound server never answers."""

    sent: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    surprises: list[str] = field(default_factory=list)

    def note(self, who: str, name: str, answer: Answer, expected: frozenset[str]) -> None:
        """Count one answer."""
        self.sent += 1
        if answer.is_good:
            return
        self.refused[answer.code] += 1
        if answer.status >= 500 or answer.code not in expected:
            message = str(answer.body.get("message", answer.text[:200]))
            self.surprises.append(f"{who} {name}: {answer.status} {answer.code} {message}")
            LOG.warning("%s", self.surprises[-1])


class Visitor:
    """Somebody at the doors. One thing at a time."""

    def __init__(self, doors: "Doors") -> None:
        self._doors = doors
        self._connection = Connection(doors.url)
        self._turn = asyncio.Lock()

    async def _patiently(self, ask: Callable[[], Answer]) -> Answer:
        """Ask until there is an answer that is neither `later` nor silence."""
        deadline = monotonic() + PATIENCE_SECONDS
        while True:
            try:
                async with self._turn:
                    answer = await self._doors.in_thread(ask)
            except Unreachable as silence:
                LOG.info("%s waits for the server: %s", self, silence)
                answer = Answer(0, str(silence), PAUSE_SECONDS)
            if answer.status not in (0, 429, 503) or _is_locked(answer):
                return answer
            if monotonic() > deadline:
                raise ShopGone(answer.text[:200])
            await asyncio.sleep(min(answer.retry_after or PAUSE_SECONDS, 30.0))

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


class Guest(Visitor):
    """Somebody without account, as a customer with a phone: forms as they stand on the page."""

    async def page(self, path: str) -> str:
        """GET a page as its html, whatever it says."""
        return (await self._patiently(lambda: self._connection.get(path, "text/html"))).text

    async def look(self, path: str) -> Answer:
        """GET what everybody may read."""
        return await self._patiently(lambda: self._connection.get(path))

    async def send(self, path: str, fields: Mapping[str, str], *expected: str) -> Answer:
        """Send a form with what was in it."""
        answer = await self._patiently(lambda: self._connection.post_form(path, fields))
        self._doors.tally.note("customer", "phone page", answer, frozenset(expected))
        return answer


class Person(Visitor):
    """Somebody who works here, signed in with a PIN."""

    def __init__(self, doors: "Doors", person_id: str, pin: str) -> None:
        super().__init__(doors)
        self.id = person_id
        self._pin = pin

    def __str__(self) -> str:
        return self.id

    async def sign_in(self) -> None:
        """Sign in through the page, as a browser does; waits where the door asks for it."""
        answer = await self._patiently(self._try_to_sign_in)
        if not answer.is_good:
            raise ValueError(f"{self.id} cannot sign in: {answer.status} {answer.text[:200]}")

    def _try_to_sign_in(self) -> Answer:
        self._connection.cookies.clear()
        page = self._connection.get("/?tablet", "text/html")
        fields = {"person": self.id, "pin": self._pin, "csrf": _csrf_in(page)}
        answer = self._connection.post_form("/sign-in/pin", fields)
        if answer.is_good:
            self._connection.csrf = self._own_csrf()
        return answer

    def _own_csrf(self) -> str:
        pages = (self._connection.get(path, "text/html") for path in ("/board", "/tablet"))
        return next((found for page in pages if (found := _csrf_in(page))), "")

    async def do(self, name: str, *expected: str, **body: object) -> Answer:
        """Send one command. `expected`: refusals that are no surprise. Never raises for one."""
        key = uuid4().hex
        plain = {name: _plain(value) for name, value in body.items()}
        path = f"/api/v1/commands/{name}"
        answer = await self._signed(lambda: self._connection.post_json(path, plain, key))
        self._doors.tally.note(self.id, name, answer, frozenset(expected) | {"stale"})
        return answer

    async def read(self, path: str) -> Json:
        """GET some JSON; an empty object if that is refused."""
        answer = await self._signed(lambda: self._connection.get(path))
        return answer.body if answer.is_good else {}

    async def page(self, path: str) -> str:
        """GET a page as its html; '' if that is refused."""
        answer = await self._signed(lambda: self._connection.get(path, "text/html"))
        return answer.text if answer.is_good else ""

    async def press(self, path: str, fields: Mapping[str, str], *expected: str) -> Answer:
        """Send a form of a page."""
        answer = await self._signed(
            lambda: self._connection.post_form(path, {**fields, "csrf": self._connection.csrf})
        )
        self._doors.tally.note(self.id, path, answer, frozenset(expected))
        return answer

    async def send(self, path: str, body: bytes, kind: str, *expected: str) -> Answer:
        """Send a picture, or a form with a file in it."""
        answer = await self._signed(lambda: self._connection.post_bytes(path, body, kind))
        self._doors.tally.note(self.id, path, answer, frozenset(expected))
        return answer

    async def _signed(self, ask: Callable[[], Answer]) -> Answer:
        """Ask, and once more when the session has ended."""
        answer = await self._patiently(ask)
        if answer.status == 401:
            await self.sign_in()
            answer = await self._patiently(ask)
        return answer


class Doors:
    """All people of the day at one server."""

    def __init__(self, url: str, pins: Mapping[str, str]) -> None:
        self.url = url.rstrip("/")
        self.tally = Tally()
        self.people = {person: Person(self, person, pin) for person, pin in pins.items()}
        self._threads = ThreadPoolExecutor(16, "doors")

    def guest(self) -> Guest:
        """Somebody with a phone; hang up when they are done."""
        return Guest(self)

    async def in_thread(self, ask: Callable[[], Found]) -> Found:
        """Run something that blocks."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, ask)

    async def open(self) -> None:
        """Sign everybody in."""
        async with asyncio.TaskGroup() as tasks:
            for person in self.people.values():
                tasks.create_task(person.sign_in())

    async def time(self, zone: ZoneInfo) -> ShopTime:
        """What the shop's clock says; the real one where nothing is simulated."""
        looker = Guest(self)
        answer = await looker.look("/readyz")
        looker.close()
        seen, clock = monotonic(), answer.body.get("clock")
        if not is_object(clock):
            return ShopTime(datetime.now(zone), seen, 1.0, zone)
        at = datetime.fromisoformat(str(clock["now"]))
        return ShopTime(at, seen, float(str(clock["rate"])), zone)

    def close(self) -> None:
        """Hang up everywhere."""
        for person in self.people.values():
            person.close()
        self._threads.shutdown(wait=False, cancel_futures=True)


def _csrf_in(page: Answer) -> str:
    found = _CSRF.search(page.text) if page.is_good else None
    return found[1] if found else ""


def _is_locked(answer: Answer) -> bool:
    return answer.code == "locked"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    return value
