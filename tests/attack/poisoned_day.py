"""A day on which everything is asked for twice: first with signs nobody sees, then soundly."""

from collections.abc import Iterator
from datetime import datetime
from itertools import cycle
from typing import Any

from tests.attack.strange import UNSEEN
from tests.e2e.every_command import Day
from tests.e2e.running import RunningShop
from tests.e2e.watching import Visitor, Watcher


def _poisoned(body: object, sign: str) -> Iterator[object]:
    """The body with the sign put into one text after the other, however deep."""
    if isinstance(body, str):
        yield f"{body[:2]}{sign}{body[2:]}"
    elif isinstance(body, dict):
        for key, value in body.items():
            for poisoned in _poisoned(value, sign):
                yield {**body, key: poisoned}
    elif isinstance(body, list):
        for at, value in enumerate(body):
            for poisoned in _poisoned(value, sign):
                yield [*body[:at], poisoned, *body[at + 1 :]]


class PoisonedDay(Day):
    """Before each command it is asked for with a sign nobody sees, in each of its texts."""

    def __init__(self, shop: RunningShop, now: datetime) -> None:
        super().__init__(shop, now)
        self.tries = 0
        self.granted: dict[str, object] = {}
        self.written = ""
        self.heard: list[dict[str, Any]] = []
        self._signs = cycle(UNSEEN)

    def live(self) -> "PoisonedDay":
        """Go through it, with a lounge that listens."""
        lounge = Watcher(Visitor(self.shop).pair("lounge"), "lounge").dial()
        self.heard.append(lounge.hear())
        for step in self.steps():
            step()
        key = f"Bearer {self.shop.token}"
        self.written = self.shop.get("/api/v1/events?limit=1000", Authorization=key)[1].decode()
        head = lounge.probed(self.shop.board()["seq"])
        while not lounge.reaches(head):
            self.heard.append(lounge.hear())
        self.heard.append(Watcher(Visitor(self.shop).pair("lounge"), "lounge").dial().hear())
        return self

    def ask(self, name: str, **body: object) -> dict[str, object]:
        """Ask in vain, then as it should be."""
        for sign in (next(self._signs), next(self._signs)):
            for poisoned in _poisoned(body, sign):
                assert isinstance(poisoned, dict)
                status, answer = self.shop.attempt(name, **poisoned)
                if status not in (404, 409, 422):
                    self.granted[f"{name} {poisoned!r}"] = (status, answer)
                self.tries += 1
        return super().ask(name, **body)
