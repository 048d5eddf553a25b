"""Pages built anew from the journal in another process, and how screens compare to them."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from tests.e2e.running import ROOT, RunningShop, until
from tests.e2e.watching import Regions, Visitor, Watcher, state_hash

HOLDERS = ("tom", "tina", "lee", "ines")
SHARED = ("board", "tv", "lounge", "queue", "arrivals")

TICK_SECONDS = 5.0
"""By then the shop has looked at its clock again, on any machine."""

Fresh = dict[str, Regions]
"""Regions by `audience:holder`."""


class FreshBuilder:
    """The other process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def regions(self, at: datetime, holders: Sequence[str] = HOLDERS) -> Fresh:
        """Every audience's regions and these people's tablets, built from the journal."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{at.isoformat()} {','.join(holders)}\n")
        self._process.stdin.flush()
        found: Fresh = json.loads(self._process.stdout.readline())
        return found


@contextmanager
def fresh_builder(shop: RunningShop) -> Iterator[FreshBuilder]:
    """The other process, reading the same database."""
    secret = shop.folder / "data" / "secret"
    command = [sys.executable, "-m", "tests.e2e.fresh", shop.database, str(secret)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield FreshBuilder(process)
        assert process.stdin
        process.stdin.close()


def watchers_of(shop: RunningShop) -> dict[str, Watcher]:
    """One screen of every audience, and the tablets."""
    mona = Visitor(shop).sign_in("mona")
    watchers = {f"{each}:": Watcher(mona, each) for each in SHARED}
    for holder in HOLDERS:
        watchers[f"tablet:{holder}"] = Watcher(Visitor(shop).sign_in(holder), "tablet")
    for watcher in watchers.values():
        watcher.dial()
    return watchers


def changed_regions(shown: Regions, fresh: Regions) -> list[str]:
    """The regions in which a screen differs from a fresh page; none when the hashes agree."""
    if state_hash(shown) == state_hash(fresh):
        return []
    return sorted(i for i in shown.keys() | fresh.keys() if shown.get(i) != fresh.get(i))


def differences(watchers: dict[str, Watcher], fresh: Fresh) -> dict[str, list[str]]:
    """Per audience, the regions that differ from a fresh page."""
    found = {key: changed_regions(each.regions, fresh[key]) for key, each in watchers.items()}
    return {key: ids for key, ids in found.items() if ids}


def compare(shop: RunningShop, watchers: dict[str, Watcher], builder: FreshBuilder) -> None:
    """Screens that heard every frame, and screens that join now, equal a page built anew.

    At the very moment in which a time is over, the shop's next tick may still be to come.
    """
    found = _differing(shop, watchers, builder)
    if found != ({}, {}):
        until(lambda: _differing(shop, watchers, builder) == ({}, {}), TICK_SECONDS)


def _differing(
    shop: RunningShop, watchers: dict[str, Watcher], builder: FreshBuilder
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What screens that heard every frame show wrong, and what those that join now do."""
    seq = shop.board()["seq"]
    joining = {key: watcher.probed(seq) for key, watcher in watchers.items()}
    for key, watcher in watchers.items():
        watcher.catch_up(joining[key])
    at = datetime.fromtimestamp(max(watcher.at for watcher in joining.values()) / 1000, UTC)
    fresh = builder.regions(at)
    return differences(watchers, fresh), differences(joining, fresh)
