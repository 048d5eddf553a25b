"""Lines of an order: added, decided, supplied with parts."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core import events as e
from board.core.events import Fact
from board.core.history import replay
from board.core.lines import LineState, Parts
from board.core.roles import Actor
from board.core.shop import Shop
from tests.builders import (
    ANNA,
    CARL,
    NOW,
    PIA,
    TINA,
    TOM,
    WILLY,
    Trial,
    answered,
    priced,
    received,
    working,
)


def tyres(**more: object) -> c.AddLine:
    """A line to add."""
    return c.AddLine(**{"job": "j1", "text": " Tyres ", **more})  # type: ignore[arg-type]


def test_lines_are_numbered_and_keep_their_hours_and_people() -> None:
    trial = received(Trial()).do(tyres(standard_hours=1.5, technicians=("tina", "tom")), ANNA)
    trial.do(tyres(text="Brakes"), ANNA)
    first, second = trial.job().lines
    assert (first.id, first.text, first.standard_hours) == ("1", "Tyres", 1.5)
    assert (first.technicians, first.state) == (("tina", "tom"), LineState.approved)
    assert (second.id, second.standard_hours) == ("2", 0.0)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"text": "  "}, "text_needed"),
        ({"text": "x" * 201}, "too_long"),
        ({"standard_hours": -1.0}, "number_wrong"),
        ({"standard_hours": float("nan")}, "number_wrong"),
        ({"standard_hours": float("inf")}, "number_wrong"),
        ({"standard_hours": 1001.0}, "number_wrong"),
        ({"technicians": ("anna",)}, "not_a_technician"),
        ({"technicians": ("ghost",)}, "unknown_person"),
    ],
)
def test_a_line_must_make_sense(more: dict[str, object], code: str) -> None:
    received(Trial()).when(tyres(**more), ANNA).then_refused(code)


def test_an_order_has_at_most_sixty_lines() -> None:
    """Falls over without `full = len(job.lines) >= MOST_LINES` in `board/core/rules/lines.py`."""
    trial = received(Trial())
    for _ in range(60):
        trial.do(tyres(technicians=("tom",)), ANNA)
    trial.when(tyres(), ANNA).then_refused("lines_full")
    assert trial.refused is not None
    assert str(trial.refused) == "An order has at most 60 lines."
    trial.when(tyres(proposed=True), TOM).then_refused("lines_full")


def test_a_journal_with_more_lines_than_are_allowed_now_is_told_again() -> None:
    trial = received(Trial())
    added = (e.LineAdded("j1", str(number), "Tyres") for number in range(1, 71))
    facts = [Fact(trial.shop.seq + at, NOW, "", f"c{at}", each) for at, each in enumerate(added, 1)]
    trial.shop = replay(Shop(id="test"), [*trial.facts, *facts])
    assert len(trial.job().lines) == 70
    trial.when(tyres(), ANNA).then_refused("lines_full")


@pytest.mark.parametrize("by", [ANNA, PIA, TOM], ids=lambda who: who.id)
def test_once_the_order_is_signed_a_new_line_waits_for_the_customer(by: Actor) -> None:
    """Falls over without `or job.signed_at is not None` in `board/core/rules/lines.py`."""
    trial = working(Trial()).do(tyres(), by)
    assert trial.job().lines[1].state == LineState.proposed
    trial.when(c.StartLine(job="j1", line="2"), TOM).then_refused("line_not_approved")
    priced(trial).do(answered(), ANNA).do(c.StartLine(job="j1", line="2"), TOM)


def test_a_technician_adds_on_their_own_job_only() -> None:
    """Falls over without `foreign_job(command, job, case)` in `board/core/rules/lines.py`."""
    trial = working(Trial())
    for line in (tyres(), tyres(proposed=True)):
        trial.when(line, TINA).then_refused("not_your_job")
    trial.do(tyres(technicians=("tina",)), TOM).do(tyres(), TINA)


def test_who_does_not_price_lines_adds_none_with_a_price() -> None:
    """Falls over without `may_name_price` in `board/core/rules/lines.py`."""
    trial = working(Trial())
    for line in (tyres(price=99_999), tyres(parts_price=0), tyres(proposed=True, price=1)):
        trial.when(line, TOM).then_refused("not_allowed")
    trial.do(tyres(price=500), PIA)


@pytest.mark.parametrize("by", [ANNA, CARL], ids=lambda who: who.id)
def test_the_desk_records_the_answer_to_a_proposed_line_once(by: Actor) -> None:
    trial = priced(working(Trial()).do(tyres(proposed=True), TOM))
    trial.do(answered(), by)
    assert trial.job().lines[1].state == LineState.approved
    trial.when(answered(), by).then_refused("line_decided")


def test_technicians_do_not_decide_and_washers_do_not_add() -> None:
    trial = working(Trial()).do(tyres(proposed=True), TOM)
    trial.when(answered(), TOM).then_refused("not_allowed")
    trial.when(tyres(), WILLY).then_refused("not_allowed")
    trial.when(answered(line="8"), ANNA).then_refused("unknown_line")


def test_parts_go_their_way_and_ordered_ones_need_a_time() -> None:
    trial = working(Trial())
    trial.do(c.SupplyLine(job="j1", line="1", parts=Parts.requested), TOM)
    ordered = c.SupplyLine(job="j1", line="1", parts=Parts.ordered)
    trial.when(ordered, PIA).then_refused("time_needed")
    due = NOW + timedelta(days=2)
    trial.do(c.SupplyLine(job="j1", line="1", parts=Parts.ordered, expected=due), PIA)
    assert (trial.job().lines[0].parts, trial.job().lines[0].parts_expected) == ("ordered", due)
    issued = c.SupplyLine(job="j1", line="1", parts=Parts.issued)
    trial.do(issued, PIA).when(issued, PIA).then_nothing()
    trial.when(c.SupplyLine(job="j1", line="9", parts=Parts.issued), PIA)
    trial.then_refused("unknown_line")
