"""Indirect time: clocked, but on no car; one running clock of either kind for each technician."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.codec import SHOP_VERSION, shop_from_bytes, shop_to_bytes
from board.core import commands as c
from board.core.due import due
from board.core.indirect import IndirectClock, find_indirect, known_codes, running_indirect
from board.core.lines import Clock, Original
from tests.builders import (
    ANNA,
    CARL,
    CLOCK,
    LEE,
    MONA,
    NOW,
    PLATES,
    TINA,
    TOM,
    Trial,
    dispatched,
    set_up,
    working,
)

HOUR = timedelta(hours=1)
TRAINING = c.StartIndirect(code="training")


def mine(trial: Trial, who: str = "tom") -> tuple[IndirectClock, ...]:
    """Somebody's indirect clocks."""
    return trial.shop.indirect.get(who, ())


def test_a_technician_is_clocked_off_the_cars_and_stops_again() -> None:
    trial = Trial().do(TRAINING, TOM).later(minutes=20)
    assert running_indirect(trial.shop.indirect, "tom") == mine(trial)[0]
    trial.do(c.StopIndirect(), TOM)
    assert [(one.code, one.clock) for one in mine(trial)] == [
        ("training", Clock("tom", NOW, trial.now))
    ]
    trial.when(c.StopIndirect(), TOM).then_refused("indirect_not_running")


def test_starting_indirect_time_pauses_the_line() -> None:
    """Falls over without `e.LinePaused(on_line.job` in `board/core/rules/indirect.py`."""
    trial = working(Trial()).later(minutes=5).do(TRAINING, TOM)
    assert trial.happened() == ["LinePaused", "IndirectStarted"]
    assert trial.shop.running == {}
    assert trial.job().state == "working"


def test_starting_a_line_ends_indirect_time() -> None:
    """Falls over without `*clocks_stopped(technician, case)` in `board/core/rules/labour.py`."""
    trial = dispatched(Trial()).do(TRAINING, TOM).later(minutes=5).do(c.StartLine(job="j1"), TOM)
    assert mine(trial)[0].clock.ended_at == trial.now
    assert list(trial.shop.running) == ["tom"]


def test_another_code_ends_the_one_before() -> None:
    trial = Trial().do(TRAINING, TOM).when(TRAINING, TOM).then_refused("indirect_running")
    trial.later(minutes=5).do(c.StartIndirect(code="cleaning"), TOM)
    assert [one.is_running for one in mine(trial)] == [False, True]


def test_a_leader_presses_for_others_and_others_for_nobody() -> None:
    for leader in (LEE, CARL):
        trial = Trial().do(replace(TRAINING, technician="tom"), leader)
        trial.do(c.StopIndirect(technician="tom"), leader)
    Trial().when(replace(TRAINING, technician="tina"), TOM).then_refused("not_allowed")
    Trial().when(TRAINING, ANNA).then_refused("not_allowed")
    Trial().when(TRAINING, CARL).then_refused("not_a_technician")


def test_only_known_codes() -> None:
    Trial().when(c.StartIndirect(code="nap"), TOM).then_refused("unknown_code")


def test_a_shop_names_its_own_codes_and_renames_the_shipped() -> None:
    codes = {"tool_care": "工具保养", "break": "午休"}
    settings = replace(set_up().settings, indirect_codes=codes)
    trial = Trial().do(c.SetUpShop(settings=settings), MONA)
    trial.do(c.StartIndirect(code="tool_care"), TOM)
    named = known_codes(trial.shop.settings.indirect_codes)
    assert (named["break"], named["training"]) == ("午休", "")


def test_settings_that_say_nothing_of_codes_keep_them() -> None:
    kept = replace(set_up().settings, indirect_codes={"tool_care": "工具保养"})
    trial = Trial().do(c.SetUpShop(settings=kept), MONA).do(set_up(), MONA)
    assert trial.shop.settings.indirect_codes == {"tool_care": "工具保养"}


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ({"Tool Care": "x"}, "id_wrong"),
        ({"tool": " "}, "name_needed"),
        ({"tool": "x" * 41}, "too_long"),
        ({f"c{n}": "x" for n in range(31)}, "too_many"),
    ],
)
def test_codes_must_make_sense(codes: dict[str, str], code: str) -> None:
    settings = replace(set_up().settings, indirect_codes=codes)
    Trial().when(c.SetUpShop(settings=settings), MONA).then_refused(code)


def test_shift_end_closes_forgotten_indirect_time_with_a_mark() -> None:
    trial = Trial().do(TRAINING, TOM).later(hours=20)
    command, name = next(iter(due(trial.shop, trial.now)))
    assert name.startswith("close_indirect:tom:")
    trial.do(command, CLOCK)
    clock = mine(trial)[0].clock
    assert clock.corrected
    assert clock.ended_at is not None
    assert clock.ended_at < trial.now
    assert clock.original == Original(NOW, None, "timekeeper:clock", trial.now)
    assert list(due(trial.shop, trial.now)) == []
    trial.when(command, CLOCK).then_nothing()


def correct(**more: object) -> c.CorrectIndirect:
    """A correction of Tom's clock that began at NOW."""
    about = {"technician": "tom", "started_at": NOW, "reason": "forgot"}
    return c.CorrectIndirect(**{**about, **more})  # type: ignore[arg-type]


def test_a_correction_keeps_what_was_and_says_why() -> None:
    trial = Trial().do(TRAINING, TOM).later(hours=2).do(c.StopIndirect(), TOM)
    was = trial.now
    trial.later(hours=1).do(correct(ended_at=NOW + HOUR), CARL)
    trial.later(hours=1).do(correct(begins_at=NOW - HOUR, reason="began earlier"), CARL)
    clock = mine(trial)[0].clock
    assert (clock.started_at, clock.ended_at) == (NOW - HOUR, NOW + HOUR)
    assert clock.original == Original(NOW, was, "person:carl", trial.now, "began earlier")


def test_only_the_controller_corrects_and_only_what_is_there() -> None:
    trial = Trial().do(TRAINING, TOM).later(hours=2)
    trial.when(correct(ended_at=NOW + HOUR), LEE).then_refused("not_allowed")
    trial.when(correct(ended_at=NOW + HOUR, reason=" "), CARL).then_refused("reason_needed")
    trial.when(correct(started_at=NOW + HOUR), CARL).then_refused("clock_unknown")
    trial.when(correct(ended_at=NOW - HOUR), CARL).then_refused("clock_wrong")
    trial.when(correct(ended_at=NOW + 3 * HOUR), CARL).then_refused("clock_wrong")
    trial.when(correct(begins_at=NOW), CARL).then_nothing()


def test_a_correction_crosses_no_other_clock_of_the_same_technician() -> None:
    """Falls over without `overlapped(will_be, others) is not None` in
    `board/core/rules/indirect.py`.
    """
    trial = dispatched(dispatched(Trial()), "j2", PLATES[1], bay="2", to=TINA)
    trial.do(TRAINING, TOM).later(hours=1)
    trial.do(c.StartLine(job="j1"), TOM).later(hours=1)
    trial.do(c.StartLine(job="j2"), TINA)
    trial.when(correct(ended_at=NOW + 1.5 * HOUR), CARL).then_refused("clock_overlaps")
    assert str(trial.refused) == "Tom was clocked on something else at that time."
    line = {"job": "j1", "line": "1", "technician": "tom", "started_at": NOW + HOUR}
    earlier = c.CorrectClock(**line, begins_at=NOW + 0.5 * HOUR, reason="x")  # type: ignore[arg-type]
    trial.when(earlier, CARL).then_refused("clock_overlaps")
    trial.do(correct(ended_at=NOW + 0.5 * HOUR), CARL).do(earlier, CARL)


def test_somebody_who_is_clocked_off_the_cars_does_not_leave() -> None:
    trial = Trial().do(TRAINING, TOM)
    trial.when(c.RemovePerson(person="tom"), MONA).then_refused("person_clocked")


def test_taking_back_a_start_on_a_line_brings_the_indirect_time_back() -> None:
    """Falls over without `*indirect)` in `board/core/rules/undoing.py`."""
    trial = dispatched(Trial()).do(TRAINING, TOM).later(minutes=5)
    trial.do(c.StartLine(job="j1"), TOM).later(seconds=5).do(c.UndoMove(job="j1"), TOM)
    assert trial.shop.running == {}
    assert [one.is_running for one in mine(trial)] == [True]


def test_taking_back_indirect_time_that_paused_a_line_lets_the_line_run_on() -> None:
    trial = working(Trial()).do(TRAINING, TOM).later(seconds=5).do(c.UndoMove(job="j1"), TOM)
    assert mine(trial) == ()
    assert list(trial.shop.running) == ["tom"]


def test_a_pause_is_not_taken_back_when_something_else_was_done_since() -> None:
    """Falls over without `or _clocks_cross(` in `board/core/rules/undoing.py`."""
    trial = working(Trial()).do(c.PauseLine(job="j1"), TOM).later(seconds=5)
    trial.do(TRAINING, TOM).later(seconds=5).do(c.StopIndirect(), TOM)
    trial.when(c.UndoMove(job="j1"), TOM).then_refused("undo_changed")


def test_clocks_survive_a_snapshot() -> None:
    trial = Trial().do(TRAINING, TOM).later(hours=2).do(correct(ended_at=NOW + HOUR), CARL)
    assert shop_from_bytes(shop_to_bytes(trial.shop), SHOP_VERSION) == trial.shop


def test_what_ended_long_ago_leaves() -> None:
    trial = Trial().do(TRAINING, TOM).do(c.StopIndirect(), TOM).later(hours=73).do(TRAINING, TOM)
    assert find_indirect(trial.shop.indirect, "tom", NOW) is None
