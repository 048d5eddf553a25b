"""Lighthouse over board, tablet and phone page: performance, accessibility, best practices.

python -m bench.lighthouse

Needs Node and `npm ci` in bench/node, which `make audit` sees to. Board as a desktop; tablet and
phone as Lighthouse measures mobile devices, with a processor four times slower and a slow line.
"""

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.crowd import Shop, shop_of
from bench.first_page import ARGUMENTS
from bench.table import Row, show
from tests.servers.processes import free_port

NODE = Path(__file__).parent / "node"
PROGRAM = NODE / "node_modules" / "lighthouse" / "cli" / "index.js"
JOBS, ROUNDS = 36, 5
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 95}
_LINK = re.compile(r'href="(/track/[^"]+)"')
_LIMIT_SECONDS = 180
_TABLET = (
    "--screenEmulation.width=1280",
    "--screenEmulation.height=800",
    "--screenEmulation.deviceScaleFactor=1",
)


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as Lighthouse looks at it: where, as whom, and as which device."""

    path: str
    cookie: str
    device: tuple[str, ...]


Marks = Mapping[str, float]


def rows() -> list[Row]:
    """A row for each page and kind of mark; what cost a mark stands beside it."""
    with shop_of(JOBS) as shop:
        pages = visits(shop)
        found = {name: [_looked_at(shop, page) for _ in range(ROUNDS)] for name, page in pages}
    return [_row(name, kind, found[name]) for name, _ in pages for kind in LEAST]


def visits(shop: Shop) -> list[tuple[str, Visit]]:
    """The three pages, with the ways in of an advisor and a technician; a customer needs none."""
    cookies = {seat.audience: seat.cookie for seat in reversed(shop.seeded.seats)}
    return [
        ("board", Visit("/board", cookies["board"], ("--preset=desktop",))),
        ("tablet", Visit("/tablet", cookies["tablet"], _TABLET)),
        ("phone", Visit(_phone_link(shop, cookies["board"]), "", ())),
    ]


def _phone_link(shop: Shop, cookie: str) -> str:
    """The link that stands as a code on a customer's order, as the advisor reads it."""
    line = HTTPConnection("127.0.0.1", shop.port, timeout=30)
    line.request("GET", f"/orders/{shop.seeded.jobs[8]}/extra", headers={"cookie": cookie})
    found = _LINK.search(line.getresponse().read().decode())
    line.close()
    assert found is not None, "the advisor's page shows no link"
    return found[1]


@dataclass(frozen=True, slots=True)
class Look:
    """The marks of one look, of a hundred, and by kind what was not as it should be."""

    marks: Mapping[str, float]
    faults: Mapping[str, tuple[str, ...]]


def _looked_at(shop: Shop, visit: Visit) -> Look:
    url = f"http://127.0.0.1:{shop.port}"
    with _browser(url, visit.cookie) as port:
        said = subprocess.run(
            (
                *("node", str(PROGRAM), url + visit.path, f"--port={port}", "--quiet"),
                *("--output=json", "--disable-storage-reset", *visit.device),
                f"--only-categories={','.join(LEAST)}",
            ),
            capture_output=True,
            text=True,
            check=False,
            timeout=_LIMIT_SECONDS,
        )
    if said.returncode:
        raise RuntimeError(f"lighthouse: {said.returncode} {said.stderr[-2000:]}")
    return _read(json.loads(said.stdout))


@contextmanager
def _browser(url: str, cookie: str) -> Iterator[int]:
    """A Chromium never used before, signed in, and the port at which it is asked."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    port = free_port()
    arguments = [*ARGUMENTS, f"--remote-debugging-port={port}"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=path, args=arguments
        )
        try:
            if cookie:
                name, _, value = cookie.partition("=")
                context.add_cookies([{"name": name, "value": value, "url": url}])
            yield port
        finally:
            context.close()


def _read(told: dict[str, dict[str, dict[str, object]]]) -> Look:
    kinds = {kind: told["categories"][kind] for kind in LEAST}
    marks = {kind: 100 * float(str(each["score"] or 0)) for kind, each in kinds.items()}
    faults = {kind: tuple(_faults(told, each)) for kind, each in kinds.items()}
    return Look(marks, faults)


def _faults(
    told: dict[str, dict[str, dict[str, object]]], kind: dict[str, object]
) -> Iterator[str]:
    named = kind["auditRefs"]
    assert isinstance(named, list)
    for each in named:
        score = told["audits"][each["id"]]["score"]
        if each["weight"] and isinstance(score, int | float) and score < 0.9:
            yield str(each["id"])


def _row(name: str, kind: str, looks: Sequence[Look]) -> Row:
    marks = [look.marks[kind] for look in looks]
    # Speed differs from look to look; what is accessible or sound must be so each time.
    mark = statistics.median(marks) if kind == "performance" else min(marks)
    faults = sorted({fault for look in looks for fault in look.faults[kind]})
    told = f"{mark:.0f} ({len(marks)} looks: {min(marks):.0f}–{max(marks):.0f})"
    return Row(
        f"Lighthouse 12.8, {name}, {JOBS} jobs: {kind.replace('-', ' ')}",
        f"≥ {LEAST[kind]}",
        told + (f"; costs: {', '.join(faults)}" if faults else ""),
        mark >= LEAST[kind],
    )


if __name__ == "__main__":
    sys.exit(show(rows()))
