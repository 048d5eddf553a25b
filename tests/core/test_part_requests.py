"""Parts of a line: asked for, picked, ordered, issued, wrong, returned, cancelled."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.lines import Line, Parts
from board.core.part_requests import STEPS, PartRequest, PartStep
from board.core.roles import Actor
from tests.builders import ANNA, PIA, TINA, TOM, Trial, answered, brought_to, working


def asked(*texts: str, trial: Trial | None = None) -> Trial:
    """Tom works on j1 and has asked for these parts, one after the other."""
    trial = trial or working(Trial())
    for text in texts or ("Oil filter",):
        trial.do(c.RequestPart(job="j1", line="1", text=text), TOM)
    return trial


def line(trial: Trial) -> Line:
    """The first line of j1."""
    return trial.job().lines[0]


def part(trial: Trial, part_id: str = "1") -> PartRequest:
    """A requested part of that line."""
    return next(request for request in line(trial).requests if request.id == part_id)


def taking(step: PartStep, trial: Trial, part_id: str = "1") -> c.Command:
    """The command that brings a part to a step."""
    at = trial.now + timedelta(hours=2)
    commands: dict[PartStep, c.Command] = {
        PartStep.picked: c.PickPart(job="j1", line="1", part=part_id),
        PartStep.ordered: c.OrderPart(job="j1", line="1", part=part_id, expected=at),
        PartStep.issued: c.IssuePart(job="j1", line="1", part=part_id, receiver="tom"),
        PartStep.wrong: c.ReportWrongPart(job="j1", line="1", part=part_id, why="left hand"),
        PartStep.returned: c.ReturnPart(job="j1", line="1", part=part_id),
        PartStep.cancelled: c.CancelPart(job="j1", line="1", part=part_id),
    }
    return commands[step]


WAY_TO: dict[PartStep, tuple[PartStep, ...]] = {
    PartStep.requested: (),
    PartStep.picked: (PartStep.picked,),
    PartStep.ordered: (PartStep.ordered,),
    PartStep.issued: (PartStep.issued,),
    PartStep.wrong: (PartStep.picked, PartStep.wrong),
    PartStep.returned: (PartStep.issued, PartStep.returned),
    PartStep.cancelled: (PartStep.cancelled,),
}


def at_step(step: PartStep) -> Trial:
    """One part of j1 that has come to a step."""
    trial = asked()
    for each in WAY_TO[step]:
        trial.later(minutes=1).do(taking(each, trial), PIA)
    assert part(trial).step == step
    return trial


def test_a_request_says_what_how_many_who_and_when() -> None:
    command = c.RequestPart(job="j1", line="1", text=" Oil ", number="04152-YZZA1", quantity=4.5)
    trial = working(Trial()).do(command, TOM)
    found = part(trial)
    assert (found.text, found.number, found.quantity) == ("Oil", "04152-YZZA1", 4.5)
    assert (found.asked.by, found.asked.at) == ("person:tom", trial.now)
    assert line(trial).parts == Parts.requested


@pytest.mark.parametrize("before", list(PartStep))
@pytest.mark.parametrize("step", list(STEPS))
def test_a_part_takes_the_steps_of_the_table_and_a_second_tap_does_nothing(
    before: PartStep, step: PartStep
) -> None:
    trial = at_step(before).later(minutes=3)
    trial.when(taking(step, trial), PIA)
    if before in STEPS[step]:
        assert trial.refused is None
        last = part(trial).last
        assert (last.step, last.by, last.at) == (step, "person:pia", trial.now)
    elif before == step:
        trial.then_nothing()
    else:
        trial.then_refused("part_elsewhere")


@pytest.mark.parametrize(
    ("steps", "parts"),
    [
        ("requested", Parts.requested),
        ("picked", Parts.picked),
        ("ordered", Parts.ordered),
        ("issued", Parts.issued),
        ("wrong", Parts.requested),
        ("returned", Parts.none),
        ("cancelled", Parts.none),
        ("issued picked", Parts.picked),
        ("picked requested", Parts.requested),
        ("requested ordered", Parts.ordered),
        ("issued cancelled", Parts.issued),
        ("issued wrong", Parts.requested),
        ("picked picked issued", Parts.picked),
    ],
)
def test_the_line_is_where_the_farthest_of_its_parts_is(steps: str, parts: Parts) -> None:
    wanted = [PartStep(step) for step in steps.split()]
    trial = asked(*steps.split())
    for number, step in enumerate(wanted, 1):
        for each in WAY_TO[step]:
            trial.do(taking(each, trial, str(number)), PIA)
    assert line(trial).parts == parts


def test_every_expected_time_is_kept_and_the_last_one_counts() -> None:
    trial = asked("Seal", "Pump")
    first, second = (trial.now + timedelta(hours=hours) for hours in (2, 5))
    trial.do(c.OrderPart(job="j1", line="1", part="1", expected=first), PIA)
    trial.do(c.OrderPart(job="j1", line="1", part="1", expected=second), PIA)
    trial.do(c.OrderPart(job="j1", line="1", part="2", expected=first), PIA)
    assert [move.expected for move in part(trial).moves[1:]] == [first, second]
    assert line(trial).parts_expected == second


def test_a_part_is_not_ordered_for_the_past() -> None:
    trial = asked()
    trial.when(c.OrderPart(job="j1", line="1", expected=trial.now), PIA).then_refused("time_past")


def test_a_technician_signs_for_what_they_take() -> None:
    trial = at_step(PartStep.picked).do(c.IssuePart(job="j1", line="1", part="1"), TOM)
    assert (part(trial).last.receiver, part(trial).last.signed) == ("tom", True)


def test_the_store_names_who_took_it_else_whoever_works_on_the_line() -> None:
    trial = asked("Seal", "Pump")
    trial.do(c.IssuePart(job="j1", line="1", part="1", receiver="lee"), PIA)
    trial.do(c.IssuePart(job="j1", line="1", part="2"), PIA)
    taken = [part(trial, part_id).last for part_id in ("1", "2")]
    assert [(move.receiver, move.signed) for move in taken] == [("lee", False), ("tom", False)]


def test_who_was_handed_a_part_signs_for_it_afterwards_and_nobody_else() -> None:
    """Falls over without `is_unsigned_by` in `board/core/rules/parts.py`."""
    trial = at_step(PartStep.picked).do(c.IssuePart(job="j1", line="1", part="1"), PIA)
    assert not part(trial).last.signed
    sign = c.IssuePart(job="j1", line="1", part="1", receiver="tom")
    trial.do(sign, PIA).then_nothing()
    trial.do(sign, TOM)
    assert [(move.by, move.signed) for move in part(trial).moves[-2:]] == [
        ("person:pia", False),
        ("person:tom", True),
    ]
    trial.do(sign, TOM).then_nothing()


def test_somebody_has_to_take_it() -> None:
    trial = brought_to("receiving").do(c.AddLine(job="j1", text="Oil"), ANNA)
    trial.do(c.RequestPart(job="j1", line="1", text="Oil"), ANNA)
    trial.when(c.IssuePart(job="j1", line="1"), PIA).then_refused("receiver_needed")
    unknown = c.IssuePart(job="j1", line="1", receiver="ghost")
    trial.when(unknown, PIA).then_refused("unknown_person")


def test_a_technician_signs_for_nobody_else() -> None:
    command = c.IssuePart(job="j1", line="1", receiver="tina")
    at_step(PartStep.picked).when(command, TOM).then_refused("not_allowed")


def test_a_wrong_part_says_which_and_why() -> None:
    trial = asked("Seal", "Pump").do(c.PickPart(job="j1", line="1"), PIA)
    for command in (
        c.ReportWrongPart(job="j1", line="1", part="2", why=" "),
        c.ReportWrongPart(job="j1", line="1", part="", why="too short"),
    ):
        assert trial.when(command, TOM).refused is not None
    trial.do(c.ReportWrongPart(job="j1", line="1", part="2", why="too short"), TOM)
    assert (part(trial, "2").last.why, part(trial, "2").is_wanted) == ("too short", True)
    assert part(trial).step == PartStep.picked


def test_one_tap_takes_every_part_of_the_line_that_can() -> None:
    trial = asked("Seal", "Pump", "Belt").do(taking(PartStep.cancelled, asked(), "3"), PIA)
    trial.do(c.PickPart(job="j1", line="1"), PIA)
    assert trial.happened() == ["PartPicked", "PartPicked"]
    trial.do(c.IssuePart(job="j1", line="1"), PIA)
    assert trial.happened() == ["PartIssued", "PartIssued"]
    assert line(trial).parts == Parts.issued


@pytest.mark.parametrize(
    ("command", "by", "code"),
    [
        (c.RequestPart(job="j1", line="9", text="Seal"), TOM, "unknown_line"),
        (c.RequestPart(job="j1", line="1", text=" "), TOM, "text_needed"),
        (c.RequestPart(job="j1", line="1", text="x" * 201), TOM, "too_long"),
        (c.RequestPart(job="j1", line="1", text="Seal", number="9" * 41), TOM, "too_long"),
        (c.RequestPart(job="j1", line="1", text="Seal", quantity=0), TOM, "number_wrong"),
        (c.RequestPart(job="j1", line="1", text="Seal", quantity=0.001), TOM, "number_wrong"),
        (c.RequestPart(job="j1", line="1", text="S", quantity=float("nan")), TOM, "number_wrong"),
        (c.RequestPart(job="j1", line="1", text="Seal"), TINA, "not_your_job"),
        (c.CancelPart(job="j1", line="1", part="1"), TINA, "not_your_job"),
        (c.IssuePart(job="j1", line="1", part="1"), TINA, "not_your_job"),
        (c.PickPart(job="j1", line="1", part="1"), TOM, "not_allowed"),
        (c.PickPart(job="j1", line="1", part="7"), PIA, "unknown_part"),
    ],
)
def test_what_does_not_fit_is_refused(command: c.Command, by: Actor, code: str) -> None:
    asked().when(command, by).then_refused(code)


def test_an_order_has_so_many_parts_and_no_more() -> None:
    trial = asked(*(f"Bolt {n}" for n in range(120)))
    trial.when(c.RequestPart(job="j1", line="1", text="One more"), TOM).then_refused("parts_full")


def test_nothing_is_fetched_for_a_declined_line() -> None:
    trial = working(Trial()).do(c.AddLine(job="j1", text="Tyres", proposed=True), TOM)
    trial.do(answered(approved=False), ANNA)
    command = c.RequestPart(job="j1", line="2", text="Tyre")
    trial.when(command, TOM).then_refused("line_not_approved")


def test_a_step_can_be_undone_by_whoever_took_it() -> None:
    trial = at_step(PartStep.picked).later(seconds=5).do(c.UndoMove(job="j1"), PIA)
    assert part(trial).step == PartStep.requested
    assert line(trial).parts == Parts.requested
