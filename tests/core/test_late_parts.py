"""Ordered parts that do not come in time: noted once, and seen until they are there."""

from datetime import timedelta

from board.core import commands as c
from board.core.due import due
from board.core.lines import Parts
from board.core.supply import late_parts, next_late_at
from tests.builders import ANNA, CLOCK, PIA, TOM, Trial, answered, working


def ordered(*hours: float) -> Trial:
    """Parts of j1, each expected in so many hours."""
    trial = working(Trial())
    for number, hour in enumerate(hours, 1):
        trial.do(c.RequestPart(job="j1", line="1", text=f"Part {number}"), TOM)
        expected = trial.now + timedelta(hours=hour)
        trial.do(c.OrderPart(job="j1", line="1", part=str(number), expected=expected), PIA)
    return trial


def noted(trial: Trial) -> list[str]:
    """Let time note what is due; the ids of what it noted."""
    found = [(cmd, name) for cmd, name in due(trial.shop, trial.now) if _is_ours(cmd)]
    for command, _name in found:
        trial.do(command, CLOCK)
        assert trial.happened() == ["PartsLate"]
    return [name for _command, name in found]


def _is_ours(command: c.Command) -> bool:
    return isinstance(command, c.NoteLateParts)


def late(trial: Trial) -> list[str]:
    """The ids of parts that are late now."""
    return [each.part for each in late_parts(trial.job(), trial.now)]


def test_each_part_is_noted_once_when_its_time_has_passed() -> None:
    trial = ordered(1, 3)
    assert next_late_at(trial.job(), trial.now) == trial.now + timedelta(hours=1)
    assert (noted(trial), late(trial)) == ([], [])
    assert noted(trial.later(hours=1)) == [_id(trial, "1")]
    assert (noted(trial.later(hours=1)), late(trial)) == ([], ["1"])
    assert noted(trial.later(hours=1)) == [_id(trial, "2")]
    assert late(trial) == ["1", "2"]
    assert next_late_at(trial.job(), trial.now) is None


def _id(trial: Trial, part: str) -> str:
    return f"parts_late:j1:{trial.job().version}:1:{part}:{int(trial.now.timestamp() * 1000)}"


def test_another_expected_time_begins_anew() -> None:
    trial = ordered(1).later(hours=1)
    noted(trial)
    again = trial.now + timedelta(hours=2)
    trial.do(c.OrderPart(job="j1", line="1", part="1", expected=again), PIA)
    assert (noted(trial), late(trial)) == ([], [])
    assert len(noted(trial.later(hours=2))) == 1


def test_what_came_is_late_no_more() -> None:
    trial = ordered(1).later(hours=2)
    assert len(noted(trial)) == 1
    assert late(trial.do(c.PickPart(job="j1", line="1"), PIA)) == []


def test_a_line_supplied_the_old_way_is_noted_too() -> None:
    trial = working(Trial())
    expected = trial.now + timedelta(hours=1)
    supply = c.SupplyLine(job="j1", line="1", parts=Parts.ordered, expected=expected)
    trial.do(supply, PIA).later(hours=1)
    assert len(noted(trial)) == 1
    assert (noted(trial), late(trial)) == ([], [""])


def test_what_is_not_late_is_not_noted() -> None:
    trial = ordered(1)
    trial.do(c.NoteLateParts(job="j1", line="1", part="1"), CLOCK).then_nothing()
    trial.do(c.NoteLateParts(job="j1", line="1", part="7"), CLOCK).then_nothing()


def test_parts_of_a_declined_line_may_come_or_not() -> None:
    trial = working(Trial()).do(c.AddLine(job="j1", text="Tyres", proposed=True), TOM)
    expected = trial.now + timedelta(hours=1)
    trial.do(c.RequestPart(job="j1", line="2", text="Tyre"), TOM)
    trial.do(c.OrderPart(job="j1", line="2", expected=expected), PIA)
    trial.do(answered(approved=False), ANNA).later(hours=2)
    assert (noted(trial), late(trial)) == ([], [])


def test_it_takes_no_undo_away_and_is_not_taken_back() -> None:
    """Falls over without `e.HoldEscalated, e.PartsLate` in `board/core/history.py` and without
    `_still_late(line` in `board/core/history_of_undo.py`."""
    trial = ordered(1).later(minutes=59, seconds=50)
    promised = trial.now + timedelta(hours=5)
    trial.do(c.PromiseJob(job="j1", at=promised), ANNA).later(seconds=15)
    assert len(noted(trial)) == 1
    trial.do(c.UndoMove(job="j1"), ANNA)
    assert trial.job().promises == ()
    assert (noted(trial), late(trial)) == ([], ["1"])
