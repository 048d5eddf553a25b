"""A server that is killed and started again while 200 screens watch and commands go on.

Screens dial again with the pages' own rule (static/live.js: at random within 2 s). A screen is
current when it has heard of everything acknowledged before the kill; it is stale when, with the
askers at rest, it shows anything else than a process that builds its page from the journal.
"""

import json
import random
import signal
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.crowd import Crowd, Shop, crowd_of, shop_of
from bench.fresh import Fresh, fresh_process
from bench.patient import Askers, asking
from bench.table import Row, show

JOBS = 60
TRIES = 100
A_SECOND = 5
ASKERS = 5
CURRENT_SECONDS = 3.0
SETTLED_SECONDS = 8.0
LIVES_SECONDS = (0.2, 1.0)


@dataclass(slots=True)
class Tries:
    """What all tries found."""

    slowest: list[float] = field(default_factory=list)
    stale: int = 0
    compared: int = 0
    down: list[float] = field(default_factory=list)


def one_try(shop: Shop, crowd: Crowd, askers: Askers, fresh: Fresh, tries: Tries) -> None:
    """Kill at a random moment, start again, see who is current and who is stale."""
    askers.go_on()
    crowd.mark()
    time.sleep(random.uniform(*LIVES_SECONDS))
    shop.stop(signal.SIGKILL)
    killed, needed = time.monotonic(), askers.highest()
    shop.start("/healthz")
    answered = time.monotonic()
    tries.down.append(answered - killed)
    tries.slowest.append(current_at(crowd, killed + 0.1, needed) - answered)
    askers.rest()
    tries.stale += stale(crowd, fresh.hashes)
    tries.compared += len(crowd.seats)


def current_at(crowd: Crowd, after: float, seq: int) -> float:
    """When the last screen first heard of `seq`; TimeoutError when one never does."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        first: dict[int, float] = {}
        for each in crowd.heard():
            if each.at > after and each.seq >= seq:
                first.setdefault(each.seat, each.at)
        if len(first) == len(crowd.seats):
            return max(first.values())
        time.sleep(0.1)
    raise TimeoutError(f"{len(crowd.seats) - len(first)} screens never became current")


def stale(crowd: Crowd, expected: Callable[[], Sequence[str]]) -> int:
    """How many screens still show something else than a fresh page when there was time enough."""
    deadline = time.monotonic() + SETTLED_SECONDS
    while True:
        # What is due by the clock may have come between the two.
        wanted = expected()
        shown = [standing.shown for standing in crowd.standing()]
        wrong = sum(one != other for one, other in zip(shown, wanted, strict=True))
        if not wrong or time.monotonic() > deadline:
            return wrong
        time.sleep(0.2)


def events_of(shop: Shop) -> list[dict[str, object]]:
    """The whole journal, as programs read it."""
    found: list[dict[str, object]] = []
    while True:
        after = found[-1]["seq"] if found else 0
        _status, answer = shop.get(f"/api/v1/events?after={after}&limit=1000")
        page = json.loads(answer)["events"]
        if not page:
            return found
        found += page


def rows(tries: int = TRIES) -> list[Row]:
    """How soon every screen was current, how many were stale, what was lost or done twice."""
    found = Tries()
    with shop_of(JOBS) as shop, crowd_of(shop) as crowd:
        keys, jobs = shop.seeded.keys[:ASKERS], shop.seeded.movable
        with (
            fresh_process(shop.environment, crowd.seats) as fresh,
            asking([shop.port], keys, jobs, A_SECOND) as askers,
        ):
            for _ in range(tries):
                one_try(shop, crowd, askers, fresh, found)
            askers.rest()
            kept = askers.kept(events_of(shop))
        return [*_rows(found), _kept_row(askers, kept.lost, kept.twice, tries)]


def _rows(found: Tries) -> list[Row]:
    middle, worst = statistics.median(found.slowest), max(found.slowest)
    down = statistics.median(found.down)
    what = f"SIGKILL and restart, 200 screens, {A_SECOND} commands/s"
    soon = Row(
        f"{what}: the last screen is current after the server's first answer",
        f"≤ {CURRENT_SECONDS:.0f} s in every try",
        f"{worst:.2f} s at worst of {len(found.slowest)} tries (median {middle:.2f} s; "
        f"the server was away for {down:.1f} s)",
        worst <= CURRENT_SECONDS,
    )
    right = Row(
        f"{what}: screens that show something else than a page built anew",
        "0",
        f"{found.stale} of {found.compared} ({len(found.slowest)} tries)",
        found.stale == 0,
    )
    return [soon, right]


def _kept_row(askers: Askers, lost: Sequence[str], twice: Sequence[str], tries: int) -> Row:
    asked = len(askers.acknowledged)
    return Row(
        f"SIGKILL at a random moment, {tries} times: acknowledged commands lost, or done twice",
        "0 and 0",
        f"{len(lost)} and {len(twice)} of {asked} acknowledged, {askers.repeats} of them repeated",
        not lost and not twice and askers.repeats > 0,
    )


if __name__ == "__main__":
    sys.exit(show(rows(*map(int, sys.argv[1:]))))
