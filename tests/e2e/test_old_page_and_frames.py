"""Old page + frames = fresh page: for every command and every audience, proved by two processes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from board.web.commands import OFFERED
from tests.e2e.every_command import Day
from tests.e2e.running import ROOT, RunningShop, running_shop, until
from tests.e2e.watching import Visitor, Watcher, state_hash

CLOCK = "2026-11-23T10:00+08:00,1"
HOLDERS = ("tom", "tina", "lee", "ines")
BY_TIME = {"mark_no_show", "mark_unclaimed", "remind_hold", "close_clock", "forget_job"}
BY_SENSORS = {"report_bay", "ask_about_bay", "answer_question"}
NEXT_TESTS = {"choose_workflow"}

Fresh = dict[str, dict[str, str]]


class FreshBuilder:
    """The other process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def regions(self, at: datetime) -> Fresh:
        """Every audience's regions, built from the journal."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{at.isoformat()} {','.join(HOLDERS)}\n")
        self._process.stdin.flush()
        found: Fresh = json.loads(self._process.stdout.readline())
        return found


@contextmanager
def fresh_builder(shop: RunningShop) -> Iterator[FreshBuilder]:
    """The other process, reading the same database file."""
    command = [sys.executable, "-m", "tests.e2e.fresh", f"sqlite:///{shop.folder}/data/baylight.db"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield FreshBuilder(process)
        assert process.stdin
        process.stdin.close()


def watchers_of(shop: RunningShop) -> dict[str, Watcher]:
    """One screen of every audience, and the tablets."""
    mona = Visitor(shop).sign_in("mona")
    watchers = {f"{each}:": Watcher(mona, each) for each in ("board", "tv", "lounge")}
    for holder in HOLDERS:
        watchers[f"tablet:{holder}"] = Watcher(Visitor(shop).sign_in(holder), "tablet")
    for watcher in watchers.values():
        watcher.dial()
    return watchers


def differences(watchers: dict[str, Watcher], fresh: Fresh) -> dict[str, list[str]]:
    """Per audience, the regions that differ from a fresh page."""
    found = {}
    for key, watcher in watchers.items():
        if state_hash(watcher.regions) != state_hash(fresh[key]):
            ids = watcher.regions.keys() | fresh[key].keys()
            found[key] = [i for i in ids if watcher.regions.get(i) != fresh[key].get(i)]
    return found


def compare(shop: RunningShop, watchers: dict[str, Watcher], builder: FreshBuilder) -> None:
    """Screens that heard every frame, and screens that join now, equal a page built anew."""
    seq = shop.board()["seq"]
    joining = {key: watcher.probed(seq) for key, watcher in watchers.items()}
    for key, watcher in watchers.items():
        watcher.catch_up(joining[key].rev or 0)
    at = datetime.fromtimestamp(max(watcher.at for watcher in joining.values()) / 1000, UTC)
    fresh = builder.regions(at)
    assert differences(watchers, fresh) == {}
    assert differences(joining, fresh) == {}


def test_every_command_leaves_every_screen_as_a_fresh_page(tmp_path: Path) -> None:
    with running_shop(tmp_path, BAYLIGHT_CLOCK=CLOCK) as shop, fresh_builder(shop) as builder:
        watchers = watchers_of(shop)
        day = Day(shop, datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
        for step in day.steps():
            step()
            compare(shop, watchers, builder)
        assert day.done == set(OFFERED) - BY_TIME - BY_SENSORS - NEXT_TESTS


def test_what_time_does_reaches_every_screen_too(tmp_path: Path) -> None:
    with running_shop(tmp_path, BAYLIGHT_CLOCK=CLOCK) as shop, fresh_builder(shop) as builder:
        job = shop.receive("京A22222", promise="2026-11-23T12:00:00+08:00")
        shop.do("dispatch_job", job=job, bay="1", technicians=["tom"])
        shop.do("start_line", job=job, technician="tom")
        gone = shop.receive("京A33333")
        shop.do("cancel_job", job=gone, reason="customer left")
        watchers = watchers_of(shop)
        shop.stop()
        shop.environment["BAYLIGHT_CLOCK"] = "2026-11-27T10:00+08:00,1"
        shop.start()
        for watcher in watchers.values():
            watcher.dial()
        until(lambda: shop.job("京A22222")["lines"][0]["clocks"][0]["corrected"])
        until(lambda: len(shop.board()["jobs"]) == 1)
        compare(shop, watchers, builder)
