"""A screen in a process of its own, so that a test can stop and continue it by signal.

Follows one audience and redials by itself; answers each line of its input with where it stands.
"""

import json
import sys
import threading
from contextlib import suppress
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from tests.e2e.running import RunningShop
from tests.e2e.watching import Visitor, Watcher, state_hash

NARROW_BYTES = 8192


class Follower:
    """Hears for ever; `told` is the last consistent place it stood at."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self.dials = 0
        self.snapshots = 0
        self.told: dict[str, object] = {}

    def run(self) -> None:
        """Dial, hear until the line is cut, dial again from (boot, rev)."""
        while True:
            with suppress(ConnectionClosed, OSError):
                self._watcher.dial()
                self.dials += 1
                self._hear()

    def _hear(self) -> None:
        watcher = self._watcher
        while True:
            message = watcher.hear()
            self.snapshots += bool(message.get("full"))
            stand = {"boot": watcher.boot, "rev": watcher.rev, "at": watcher.at}
            counts = {"dials": self.dials, "snapshots": self.snapshots}
            self.told = {**stand, **counts, "hash": state_hash(watcher.regions)}


def main(port: str, cookies: str, audience: str) -> None:
    """Follow until the input ends."""
    visitor = Visitor(RunningShop(Path(), int(port)), cookies)
    follower = Follower(Watcher(visitor, audience, NARROW_BYTES))
    threading.Thread(target=follower.run, daemon=True).start()
    for _ in sys.stdin:
        sys.stdout.write(json.dumps(follower.told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
