"""A kind of order is a code or a word of the shop's checks: it is kept in the clear for good."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.check_templates import CheckBook, CheckTemplate
from board.core.workflow import CheckLevel
from tests.builders import ANNA, MONA, PLATES, Trial, booked, receive

FREE = ("Zhang 138", "LEFTOVER", "老张的车")


@pytest.mark.parametrize("kind", FREE)
def test_free_words_are_no_kind(kind: str) -> None:
    """Falls over without `kind_fault` in `board/core/rules/receiving.py` and `appointing.py`."""
    trial = booked(Trial().do(receive("j1"), ANNA), "j2", PLATES[1])
    for command in (
        receive("j3", PLATES[2], kind=kind),
        c.DescribeJob(job="j1", kind=kind),
        c.ChangeBooking(job="j2", kind=kind),
    ):
        trial.when(command, ANNA).then_refused("kind_wrong")
        trial.when(replace(command, kind="x" * 41), ANNA).then_refused("too_long")
        trial.do(replace(command, kind="new_energy-2"), ANNA)


def test_a_kind_that_the_shops_checks_name_is_one() -> None:
    book = CheckBook((CheckTemplate(CheckLevel.final, (), ("保养",)),))
    trial = Trial().do(c.SetUpChecks(book=book), MONA).do(receive("j1", kind="保养"), ANNA)
    assert trial.job("j1").kind == "保养"
    trial.do(c.SetUpChecks(book=CheckBook()), MONA)
    trial.do(c.DescribeJob(job="j1", keys="K7", kind="保养"), ANNA)
    trial.when(receive("j2", PLATES[1], kind="保养"), ANNA).then_refused("kind_wrong")
