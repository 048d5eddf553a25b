"""Extra work: found, priced and asked; nobody works on it before the customer agrees."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.lines import LineState
from board.core.roles import Actor
from tests.builders import (
    ANNA,
    CARL,
    INES,
    LEE,
    LENA,
    PIA,
    TINA,
    TOM,
    WILLY,
    Trial,
    answered,
    brought_to,
    priced,
    working,
)
from tests.core.found import ASK, PHOTO, asked, found, on_the_phone, proposed


def test_what_was_found_is_kept_with_its_note_and_photos_and_holds_nothing() -> None:
    job = proposed().job()
    line = job.lines[1]
    assert (line.text, line.state) == ("Rear pads", LineState.proposed)
    assert line.extra is not None
    assert (line.extra.note, line.extra.photos, line.extra.by) == (
        "2.1 mm left",
        (PHOTO,),
        TOM.label,
    )
    assert (job.state, job.hold) == ("working", None)


@pytest.mark.parametrize("by", [TOM, LEE, INES, PIA, ANNA, CARL], ids=lambda who: who.id)
def test_whoever_is_at_the_car_or_the_desk_reports(by: Actor) -> None:
    assert len(working(Trial()).do(found(), by).job().lines) == 2


def test_a_technician_reports_on_their_own_car_only() -> None:
    working(Trial()).when(found(), TINA).then_refused("not_your_job")
    working(Trial()).when(found(), WILLY).then_refused("not_allowed")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"text": " "}, "text_needed"),
        ({"text": "x" * 201}, "too_long"),
        ({"note": "x" * 501}, "too_long"),
        ({"text": "two\nlines"}, "signs_wrong"),
        ({"text": "leakB" + "0123456789" * 4}, "badge_written"),
        ({"note": "b" + "7" * 41}, "badge_written"),
        ({"photos": ("../../etc/passwd",)}, "photo_wrong"),
        ({"photos": ("A" * 64,)}, "photo_wrong"),
        ({"photos": tuple(f"{n:064x}" for n in range(13))}, "too_many"),
        ({"standard_hours": -1.0}, "number_wrong"),
        ({"standard_hours": float("nan")}, "number_wrong"),
        ({"technicians": ("anna",)}, "not_a_technician"),
    ],
)
def test_a_report_must_make_sense(more: dict[str, object], code: str) -> None:
    working(Trial()).when(found(**more), TOM).then_refused(code)


def test_undecided_unpriced_and_declined_lines_are_not_started() -> None:
    """Falls over without `if is_undecided(line) or line.state == LineState.declined:` in
    `board/core/rules/labour.py`.
    """
    start = c.StartLine(job="j1", line="2")
    trial = proposed()
    trial.when(start, TOM).then_refused("line_not_approved")
    priced(trial).when(start, TOM).then_refused("line_not_approved")
    trial.do(ASK, ANNA).when(start, TOM).then_refused("line_not_approved")
    trial.do(answered(approved=False), ANNA)
    trial.when(start, TOM).then_refused("line_not_approved")


def test_an_approved_line_is_worked_on() -> None:
    trial = asked().do(on_the_phone(), LENA).do(c.StartLine(job="j1", line="2"), TOM)
    assert trial.job().lines[1].state == LineState.running


def test_nothing_without_a_price_is_approved_or_asked() -> None:
    trial = proposed()
    trial.when(ASK, ANNA).then_refused("nothing_to_ask")
    trial.when(c.AskCustomer(job="j1", lines=("2",)), ANNA).then_refused("line_unpriced")
    trial.when(answered(), ANNA).then_refused("line_unpriced")
    trial.do(c.PriceLine(job="j1", line="2", parts_price=420_00), PIA)
    trial.when(answered(), ANNA).then_refused("line_unpriced")
    trial.do(c.PriceLine(job="j1", line="2", price=0), ANNA).do(answered(), ANNA)
    assert trial.job().lines[1].state == LineState.approved


def test_parts_and_advisor_price_each_their_half() -> None:
    trial = proposed().do(c.PriceLine(job="j1", line="2", parts_price=420_00), PIA)
    trial.do(c.PriceLine(job="j1", line="2", price=260_00, standard_hours=0.8), ANNA)
    line = trial.job().lines[1]
    assert (line.price, line.parts_price, line.standard_hours) == (260_00, 420_00, 0.8)
    trial.when(c.PriceLine(job="j1", line="2", price=260_00), ANNA).then_nothing()


@pytest.mark.parametrize("fen", [-1, 100_000_001])
def test_a_price_must_be_possible(fen: int) -> None:
    wrong = c.PriceLine(job="j1", line="2", price=fen)
    proposed().when(wrong, ANNA).then_refused("number_wrong")


def test_what_was_ordered_is_not_priced_as_extra_work() -> None:
    wrong = c.PriceLine(job="j1", line="1", price=1)
    working(Trial()).when(wrong, ANNA).then_refused("not_extra")
    working(Trial()).when(replace(wrong, line="7"), ANNA).then_refused("unknown_line")


def test_the_price_of_work_that_has_begun_stays() -> None:
    trial = asked().do(on_the_phone(), LENA).do(c.StartLine(job="j1", line="2"), TOM)
    trial.when(c.PriceLine(job="j1", line="2", price=1), ANNA).then_refused("line_begun")


def test_only_what_is_open_is_asked() -> None:
    trial = asked()
    trial.when(ASK, ANNA).then_nothing()
    trial.when(c.AskCustomer(job="j1", lines=("9",)), ANNA).then_refused("unknown_line")
    trial.when(c.AskCustomer(job="j1", lines=("1",)), ANNA).then_refused("line_decided")


def test_a_new_link_is_counted_even_when_the_car_is_gone() -> None:
    """Falls over without `c.RenewLink)` in `board/core/rules/__init__.py`."""
    trial = brought_to("delivered").do(c.RenewLink(job="j1"), ANNA)
    assert trial.job().link_round == 1


def test_a_new_code_is_counted() -> None:
    trial = working(Trial()).do(c.RenewCode(job="j1"), ANNA).do(c.RenewCode(job="j1"), CARL)
    assert trial.job().code_round == 2


def test_what_the_customer_gave_up_when_all_else_was_done_is_no_dead_end() -> None:
    """Falls over without `is_over = way is not None` in `board/core/rules/labour.py`."""
    finish = c.FinishLine(job="j1", line="1")
    trial = asked().do(on_the_phone(), LENA).do(finish, TOM)
    trial.do(c.PriceLine(job="j1", line="2", price=500_00), ANNA).do(answered(False), ANNA)
    assert trial.job().state == "working"
    trial.when(replace(finish, line="9"), TOM).then_refused("unknown_line")
    trial.do(replace(finish, line=""), TOM)
    assert trial.job().state == "self_check"
