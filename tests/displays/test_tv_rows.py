"""A row of the workshop TV says what is true of its bay, in one style, one word, one time."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.bays import BayState, Presence
from board.core.holds import HoldReason
from board.core.job import Where
from displays.views.bay_faces import HOLD_WORDS
from tests.builders import (
    ANNA,
    CARL,
    INES,
    LEE,
    PIA,
    SENSOR,
    TOM,
    WILLY,
    Trial,
    dispatched,
    working,
)
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import region_html
from tests.displays.walls import tv_row


def _promised(trial: Trial, **ahead: float) -> Trial:
    at = trial.now + timedelta(**ahead)
    return trial.do(c.PromiseJob(job="j1", at=at, reason="asked"), ANNA)


def _now(trial: Trial) -> tuple[str, str, str]:
    face = tv_row(trial.shop, "1", trial.now).face
    return face.style, face.word, face.timing.kind


def test_work_in_time_is_quiet_and_counts_down() -> None:
    trial = _promised(working(Trial()), minutes=35)
    row = tv_row(trial.shop, "1", trial.now)
    assert (row.plate, row.face.style, row.face.word) == ("京AD12345", "s-work", "Repair")
    assert row.face.timing.at == int((trial.now + timedelta(minutes=35)).timestamp())
    assert not row.pinned


def test_work_after_its_promise_is_late_and_pinned() -> None:
    trial = _promised(working(Trial()), minutes=35)
    at_the_minute = trial.later(minutes=35)
    assert _now(at_the_minute)[0] == "s-work"
    trial.later(seconds=1)
    assert _now(trial) == ("s-late", "Late", "over")
    assert tv_row(trial.shop, "1", trial.now).pinned


def test_a_promise_for_another_day_shows_its_time_instead_of_a_long_countdown() -> None:
    trial = _promised(working(Trial()), days=1, hours=2)
    timing = tv_row(trial.shop, "1", trial.now).face.timing
    assert timing.kind == "clock"
    assert timing.when is not None
    assert (timing.when.clock, timing.when.days) == ("11:00", 1)


def test_without_a_promise_the_row_tells_how_long_the_work_takes() -> None:
    assert _now(working(Trial())) == ("s-work", "Repair", "since")


def test_a_car_with_nobody_working_blocks_its_bay_from_the_last_clock_on() -> None:
    trial = working(Trial()).later(minutes=20)
    trial.do(c.PauseLine(job="j1"), TOM)
    stopped = trial.now
    trial.later(minutes=55)
    row = tv_row(trial.shop, "1", trial.now)
    assert (row.face.style, row.face.word, row.face.icon) == ("s-warn", "Idle car", "pause")
    assert row.face.timing.at == int(stopped.timestamp())
    assert row.pinned


@pytest.mark.parametrize("reason", [r for r in HoldReason if r != HoldReason.other])
def test_a_hold_says_its_reason(reason: HoldReason) -> None:
    trial = working(Trial())
    expected = trial.now + timedelta(hours=2)
    trial.do(c.HoldJob(job="j1", hold=reason, expected=expected), CARL)
    assert _now(trial) == ("s-warn", HOLD_WORDS[reason], "clock")
    assert not tv_row(trial.shop, "1", trial.now).pinned


def test_every_hold_reason_has_a_short_word() -> None:
    assert HOLD_WORDS.keys() == set(HoldReason)


def test_a_hold_that_lasts_longer_than_expected_tells_how_long_it_lasts() -> None:
    trial = working(Trial())
    due = trial.now + timedelta(hours=2)
    trial.do(c.HoldJob(job="j1", hold=HoldReason.parts_order, expected=due), PIA)
    assert _now(trial.later(hours=2)) == ("s-warn", "Parts due", "since")


def test_a_late_hold_says_late_in_sign_and_word_and_its_reason_beside() -> None:
    trial = _promised(working(Trial()), minutes=30)
    trial.do(c.HoldJob(job="j1", hold=HoldReason.quote), ANNA).later(minutes=31)
    assert _now(trial) == ("s-late", "Late", "over")
    face = tv_row(trial.shop, "1", trial.now).face
    assert (face.icon, face.goes_on) == ("late", ("wait", "Quoting"))
    html = region_html("en", "row-1", tv_row(trial.shop, "1", trial.now))
    assert "#i-late" in html
    assert ">Late<" in html
    assert re.search(r'row-goes-on.*"#i-wait".*Quoting<', html)


def test_a_technicians_finish_waits_for_its_check_and_is_not_done() -> None:
    trial = working(Trial()).do(c.FinishLine(job="j1"), TOM)
    assert _now(trial) == ("s-act", "To check", "since")


def test_only_the_final_check_makes_a_row_green_and_sends_the_car_on() -> None:
    trial = working(Trial()).do(c.FinishLine(job="j1"), TOM)
    for who in (TOM, LEE):
        trial.do(c.PassCheck(job="j1"), who)
        assert _now(trial)[0] == "s-act"
    trial.do(c.PassCheck(job="j1"), INES)
    face = tv_row(trial.shop, "1", trial.now).face
    assert (face.style, face.timing.kind, face.timing.caption) == ("s-done", "next", "Wash")


def test_a_car_in_the_wash_bay_is_being_washed() -> None:
    trial = working(Trial()).do(c.FinishLine(job="j1"), TOM)
    for who in (TOM, LEE, INES):
        trial.do(c.PassCheck(job="j1"), who)
    trial.do(c.PlaceCar(job="j1", where=Where.bay, spot="wash"), WILLY)
    trial.do(c.MoveJob(job="j1", to="washing"), WILLY)
    face = tv_row(trial.shop, "wash", trial.now).face
    assert (face.style, face.word) == ("s-work", "Wash")


def test_an_empty_bay_is_free_or_reserved_for_the_next_car() -> None:
    trial = Trial()
    assert _now(trial) == ("s-idle", "Free", "")
    dispatched(trial)
    row = tv_row(trial.shop, "1", trial.now)
    assert (row.plate, row.face.style, row.face.word) == ("京AD12345", "s-idle", "Reserved")


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (BayState.cleaning, "Cleaning"),
        (BayState.maintenance, "Upkeep"),
        (BayState.closed, "Closed"),
    ],
)
def test_a_bay_out_of_use_says_why_and_until_when(state: BayState, word: str) -> None:
    trial = Trial()
    until = trial.now + timedelta(hours=1)
    trial.do(c.ChangeBay(bay="1", state=state, until=until, reason="planned"), CARL)
    assert _now(trial) == ("s-idle", word, "clock")


def test_a_car_only_the_sensors_see_blocks_the_bay_without_a_plate() -> None:
    trial = Trial()
    seen = c.ReportBay(bay="1", presence=Presence.present, since=trial.now, device="s1")
    trial.do(seen, SENSOR)
    row = tv_row(trial.shop, "1", trial.now)
    assert (row.plate, row.face.style) == ("", "s-warn")


def test_sensors_that_know_nothing_leave_a_mark_and_guess_nothing() -> None:
    trial = Trial()
    unsure = c.ReportBay(bay="1", presence=Presence.unknown, since=trial.now, device="s1")
    trial.do(unsure, SENSOR)
    row = tv_row(trial.shop, "1", trial.now)
    assert (row.face.word, row.sensor) == ("Free", "unknown")


def test_an_open_question_marks_the_row() -> None:
    assert tv_row(SAMPLE, "b11", NOW).sensor == "question"


def test_a_renamed_bay_is_shown_by_its_new_name() -> None:
    bay = replace(SAMPLE.bays["b1"], name="快保")
    assert tv_row(SAMPLE.with_bay(bay), "b1", NOW).bay == "快保"
