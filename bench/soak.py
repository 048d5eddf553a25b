"""Hours of updates on open pages: board, tablet, television and lounge must hold what they held.

python -m bench.soak [MINUTES]

Askers go round with five changes a second; after each round every car is back where it was, so
a page that keeps nothing weighs the same. Rubbish is collected before each weighing. Before the
first the pages live through more than half an hour's changes in a hurry: what the engine compiles
of a script that runs often lies in the same heap, and nothing of it comes later than that.
"""

import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

from playwright.sync_api import Page

from bench.askers import Ask, day_of
from bench.crowd import Shop, shop_of
from bench.table import Row, show
from bench.windows import Weight, browser_of_its_own, measuring, weighed, window

MINUTES = "BENCH_SOAK_MINUTES"
USUAL_MINUTES = 120.0
JOBS, CARS, DEEDS, PER_SECOND = 200, 20, 5, 5.0
WARM_ROUNDS, WARM_PER_SECOND, PARTS = 120, 40.0, 10
FLAT = 0.05
SHOWN = ("board", "tablet", "tv", "lounge")
_IS_OLD = "document.documentElement.matches('.is-late,.is-stale')"
SETTLE_MS = 2500
"""A changed card is bright for 1.5 s; until then its page remembers it."""


def rows() -> list[Row]:
    """Nodes and heap of each page, over as many minutes as the environment says."""
    minutes = float(os.environ.get(MINUTES, USUAL_MINUTES))
    with shop_of(JOBS) as shop:
        _promise_far_away(shop)
        weights, done = _soaked(shop, minutes)
    told = f"{minutes:.0f} min, {done / minutes / 60:.1f} updates/s"
    return [row for name in SHOWN for row in judged(name, told, weights[name])]


def _promise_far_away(shop: Shop) -> None:
    """No promise is broken meanwhile, which would be told on every page."""
    at = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    for job in shop.seeded.jobs:
        shop.do("promise_job", job=job, at=at, reason="parts are late")


def _soaked(shop: Shop, minutes: float) -> tuple[dict[str, list[Weight]], int]:
    """What each page weighed after each round, and how many updates there were."""
    cars = shop.seeded.movable[:CARS]
    deeds = day_of(cars, 0)
    weights: dict[str, list[Weight]] = {name: [] for name in SHOWN}
    with browser_of_its_own() as browser:
        pages = {name: window(browser, shop, name) for name in SHOWN}
        sessions = {name: measuring(page) for name, page in pages.items()}
        for page in pages.values():
            page.evaluate("window.neverLoadedAnew = true")
        for _ in range(WARM_ROUNDS):
            _round(shop, pages, deeds, time.monotonic(), WARM_PER_SECOND)
        due = time.monotonic()
        until, rounds = due + minutes * 60, 0
        while time.monotonic() < until or rounds < PARTS:
            due = _round(shop, pages, deeds, due, PER_SECOND)
            rounds += 1
            pages["board"].wait_for_timeout(SETTLE_MS)
            for name, session in sessions.items():
                weights[name].append(weighed(session))
            _held_out(pages)
    return weights, rounds * CARS * DEEDS


def _round(
    shop: Shop, pages: Mapping[str, Page], deeds: Iterator[Ask], due: float, per_second: float
) -> float:
    """When the next is due: what a weighing held up is caught up with."""
    for name, body in islice(deeds, CARS * DEEDS):
        time.sleep(max(0.0, due - time.monotonic()))
        due += 1 / per_second
        shop.do(name, **body)
    pages["tablet"].keyboard.press("Shift")  # Nobody touches it for half an hour: it locks.
    return due


def _held_out(pages: Mapping[str, Page]) -> None:
    for name, page in pages.items():
        assert page.evaluate("window.neverLoadedAnew === true"), f"{name} was loaded anew"
        assert not page.evaluate(_IS_OLD), name


def judged(name: str, told: str, weights: Sequence[Weight]) -> list[Row]:
    """The rows of one page: its weighings in their order."""
    heap, nodes = [each.heap / 1e6 for each in weights], [each.nodes for each in weights]
    return [
        _row(f"Soak of the {name}, {told}: heap", heap, "MB", 2),
        _row(f"Soak of the {name}: nodes, also those of no document", nodes, "nodes", 0),
    ]


def _row(what: str, values: Sequence[float], unit: str, digits: int) -> Row:
    parts = tenths(values)
    drift = max(abs(part / parts[0] - 1) for part in parts)
    return Row(
        what,
        f"the least of each tenth within ± {FLAT:.0%} of the first's",
        f"{', '.join(f'{part:.{digits}f}' for part in parts)} {unit} "
        f"({parts[-1] / parts[0] - 1:+.1%}); farthest tenth {drift:.1%}; {len(values)} weighings",
        drift <= FLAT,
    )


def tenths(values: Sequence[float]) -> list[float]:
    """The least of each of ten parts of a series, in its order: what is never given back raises
    it, and what a busy machine has not given back yet does not.
    """
    ends = [round(len(values) * part / PARTS) for part in range(PARTS + 1)]
    return [min(values[start:end]) for start, end in pairwise(ends)]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        os.environ[MINUTES] = sys.argv[1]
    sys.exit(show(rows()))
