"""Old page + frames = fresh page: for every command and every audience, proved by two processes."""

from datetime import datetime
from pathlib import Path

from board.web.commands import OFFERED
from tests.e2e.building_anew import compare, fresh_builder, watchers_of
from tests.e2e.every_command import Day
from tests.e2e.running import running_shop, until

CLOCK = "2026-11-23T10:00+08:00,1"
BY_TIME = {
    "mark_no_show",
    "mark_unclaimed",
    "remind_hold",
    "close_break",
    "close_clock",
    "forget_job",
    "escalate_hold",
    "note_late_parts",
}
BY_SENSORS = {"report_bay", "ask_about_bay", "answer_question", "answer_arrival", "show_badge"}


def test_every_command_leaves_every_screen_as_a_fresh_page(tmp_path: Path) -> None:
    with running_shop(tmp_path, BAYLIGHT_CLOCK=CLOCK) as shop, fresh_builder(shop) as builder:
        watchers = watchers_of(shop)
        day = Day(shop, datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
        for step in day.steps():
            step()
            compare(shop, watchers, builder)
        assert day.done == set(OFFERED) - BY_TIME - BY_SENSORS


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
