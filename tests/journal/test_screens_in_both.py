"""Screens that wait and screens that report, in SQLite and in PostgreSQL alike."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from board.accounts import open_accounts
from board.accounts_screen_reports import KeptReport
from board.screen_look import ScreenLook

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def test_a_screen_is_approved_collected_and_set_anew(engine: Engine) -> None:
    accounts = open_accounts(engine, lambda: NOW, b"pepper")
    token = accounts.requests.ask("tv")
    assert token is not None
    waiting = accounts.requests.waiting(token)
    assert waiting is not None
    made = accounts.requests.approve(waiting.code, "main", "", "tv", ScreenLook(language="en"))
    assert made is not None
    assert accounts.requests.collect(token) == made
    assert accounts.requests.collect(token) == made, "the first answer may have been lost"
    assert accounts.screens.change("main", made.id, "Hall", "lounge", ScreenLook(sound=True))
    found = accounts.screens.find("main", made.id)
    assert found is not None
    assert (found.name, found.audience, found.look.sound) == ("Hall", "lounge", True)


def test_of_two_reports_the_newer_one_stays_whichever_process_writes_last(engine: Engine) -> None:
    reports = open_accounts(engine, lambda: NOW, b"pepper").reports
    key = ("main", "s1")
    reports.keep({key: KeptReport(NOW, "new"), ("main", "s2"): KeptReport(NOW, "other")})
    reports.keep({key: KeptReport(NOW - timedelta(seconds=9), "old")})
    reports.keep({})
    assert reports.of_shop("main")["s1"] == KeptReport(NOW, "new")
    reports.keep({key: KeptReport(NOW + timedelta(seconds=15), "newer")})
    assert reports.of_shop("main")["s1"].body == "newer"
    assert set(reports.of_shop("main")) == {"s1", "s2"}
    assert reports.of_shop("elsewhere") == {}
