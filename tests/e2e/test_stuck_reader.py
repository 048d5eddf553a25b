"""One screen of fifty stops reading: nobody else notices, and it is cut off, and comes back."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from tests.e2e.building_anew import changed_regions, fresh_builder
from tests.e2e.running import ROOT, RunningShop, running_shop, until
from tests.e2e.watching import Visitor, Watcher, state_hash

OTHERS = 49
CLOSED_WITHIN_SECONDS = 10
MOST_GROWTH_KB = 40_000
CLOCK = "2026-11-23T10:00+08:00,1"


class Stoppable:
    """The screen that stops: a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def send(self, what: signal.Signals) -> None:
        """Stop or continue it."""
        os.kill(self._process.pid, what)

    def told(self) -> dict[str, Any]:
        """Where it stands."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        found: dict[str, Any] = json.loads(self._process.stdout.readline())
        return found


@contextmanager
def stoppable(visitor: Visitor) -> Iterator[Stoppable]:
    """A board in a process of its own."""
    command = [sys.executable, "-m", "tests.e2e.stoppable", str(visitor.shop.port)]
    command += [visitor.cookies, "board"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Stoppable(process)
        finally:
            process.kill()


def figure(shop: RunningShop, name: str) -> float:
    """One number of the metrics page."""
    text = shop.get("/metrics")[1].decode()
    found = re.search(rf"^baylight_{name} (\S+)$", text, re.MULTILINE)
    assert found, (name, text)
    return float(found[1])


def resident_kb(pid: int) -> int:
    """How much memory a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


def talk(shop: RunningShop, numbers: "count[int]") -> None:
    """The advisor of every car gets another name: every card changes, in one large frame."""
    anna = {"id": "anna", "name": f"Anna {next(numbers)}", "roles": ["advisor"]}
    shop.do("set_up_person", person=anna)


def all_heard(shop: RunningShop, mona: Visitor, others: list[Watcher]) -> None:
    """Every other screen has come to where the shop is, frame by frame."""
    head = Watcher(mona, "board").probed(shop.board()["seq"])
    with ThreadPoolExecutor(OTHERS) as pool:
        list(pool.map(lambda each: each.catch_up(head), others))
    assert {state_hash(each.regions) for each in others} == {state_hash(head.regions)}


def test_a_screen_that_stops_reading_is_cut_off_and_harms_nobody(tmp_path: Path) -> None:
    with running_shop(tmp_path, BAYLIGHT_CLOCK=CLOCK) as shop:
        for number in range(10_000, 10_020):
            job = shop.receive(f"京A{number}", advisor="anna")
            shop.do("describe_job", job=job, asked="异响" * 900)
        mona, numbers = Visitor(shop).sign_in("mona"), count()
        others = [Watcher(mona, "board").dial() for _ in range(OTHERS)]
        with stoppable(mona) as stuck:
            until(lambda: stuck.told().get("rev"))
            talk(shop, numbers)
            all_heard(shop, mona, others)
            before_kb = resident_kb(shop.pid)

            stuck.send(signal.SIGSTOP)
            while not figure(shop, "behind"):
                talk(shop, numbers)
                all_heard(shop, mona, others)
            until(lambda: figure(shop, "screens") == OTHERS, CLOSED_WITHIN_SECONDS)
            talk(shop, numbers)
            all_heard(shop, mona, others)
            assert figure(shop, "cut_off") == 1
            assert resident_kb(shop.pid) - before_kb < MOST_GROWTH_KB

            stuck.send(signal.SIGCONT)
            is_current(shop, stuck, others[0])


def is_current(shop: RunningShop, stuck: Stoppable, other: Watcher) -> None:
    """The screen has dialled again from where it stood and shows what a fresh page shows."""
    until(lambda: stuck.told()["rev"] == other.rev)
    told = stuck.told()
    assert (told["dials"], told["snapshots"]) == (2, 1)
    with fresh_builder(shop) as builder:
        fresh = builder.regions(datetime.fromtimestamp(told["at"] / 1000, UTC))["board:"]
    assert changed_regions(other.regions, fresh) == []
    assert told["hash"] == state_hash(fresh)
