"""A shop's own checks and defect codes: taken when they can be used, else refused."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.check_templates import CheckBook, CheckTemplate, Point
from board.core.workflow import CheckLevel
from tests.builders import MONA, Trial, set_up


def book(*points: Point, **more: object) -> CheckBook:
    """A book with one template."""
    template = replace(CheckTemplate(CheckLevel.team, points), **more)  # type: ignore[arg-type]
    return CheckBook((template,))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (book(Point("Bad Id", "Bolts")), "id_wrong"),
        (book(Point("bolts", "Bolts"), Point("bolts", "Again")), "id_wrong"),
        (book(Point("bolts", " ")), "text_needed"),
        (book(Point("bolts", "x" * 81)), "too_long"),
        (book(Point("bolts", "Bolts", "x" * 11)), "too_long"),
        (book(Point("bolts", "Bolts", least=1)), "number_wrong"),
        (book(Point("bolts", "Bolts", "N·m", 140, 90)), "number_wrong"),
        (book(Point("bolts", "Bolts", "N·m", float("nan"))), "number_wrong"),
        (book(*(Point(f"p{n}", "P") for n in range(41))), "too_many"),
        (book(kinds=("x" * 41,)), "too_long"),
        (CheckBook(defects={"": "nothing"}), "text_needed"),
        (CheckBook(defects={"B12": " "}), "text_needed"),
        (CheckBook(defects={"x" * 41: "long"}), "too_long"),
        (CheckBook(defects={f"d{n}": "so" for n in range(61)}), "too_many"),
        (CheckBook(book().templates * 101), "too_many"),
    ],
)
def test_what_cannot_be_used_is_refused(wrong: CheckBook, code: str) -> None:
    Trial().when(c.SetUpChecks(book=wrong), MONA).then_refused(code)
    Trial().when(replace(set_up(), checks=wrong), MONA).then_refused(code)


def test_checks_are_taken_with_the_whole_set_up_and_kept_where_it_says_nothing() -> None:
    own = book(Point("bolts", "Bolts", "N·m", 90, 140))
    trial = Trial().do(replace(set_up(), checks=own), MONA)
    assert "ChecksSetUp" in trial.happened()
    trial.do(set_up(), MONA)
    assert trial.shop.check_book == own
    trial.when(c.SetUpChecks(book=own), MONA).then_nothing()
    assert trial.do(replace(set_up(), checks=CheckBook()), MONA).shop.check_book == CheckBook()
