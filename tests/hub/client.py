"""A client of the live channel for tests: applies frames as a page does, and says what it shows."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from websockets.sync.client import ClientConnection, connect


class Client:
    """One connection and what it showed; dials with what it holds."""

    def __init__(self, url: str, compression: str | None = "deflate", session: str = "s") -> None:
        self._url = f"{url}?session={session}"
        self._compression = compression
        self.boot: str | None = None
        self.rev: int | None = None
        self.regions: dict[str, str] = {}
        self.heard: list[dict[str, Any]] = []

    def dial(self) -> "Client":
        """Connect, telling where it stands."""
        held = f"&boot={self.boot}&rev={self.rev}" if self.boot else ""
        dialled = connect(self._url + held, compression=self._compression, proxy=None)
        self._open = ExitStack()
        self.line: ClientConnection = self._open.enter_context(dialled)
        return self

    def hear(self) -> dict[str, Any]:
        """Take in the next message."""
        message: dict[str, Any] = json.loads(self.line.recv(timeout=60))
        self.heard.append(message)
        if message.get("beat"):
            return message
        if message["full"]:
            self.regions = {}
        else:
            assert (message["boot"], message["from"]) == (self.boot, self.rev)
        self.regions.update(message["regions"])
        for key in message["gone"]:
            self.regions.pop(key, None)
        self.boot, self.rev = message["boot"], message["rev"]
        return message

    def hear_until(self, holds: Callable[[], bool]) -> None:
        """Take in messages until something holds."""
        while not holds():
            self.hear()

    def hang_up(self) -> None:
        """Close the connection."""
        self._open.close()
