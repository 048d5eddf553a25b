"""What an order costs and takes, and how much of its time is clocked."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.estimates import Spent, share_clocked, spent, totals
from board.core.money import fen_of, yuan
from tests.builders import ANNA, NOW, TOM, Trial, answered, dispatched, received, working


def test_approved_proposed_and_declined_are_summed_apart() -> None:
    trial = received(Trial())
    for hours, price, parts, proposed in (
        (1.2, 38_000, 52_000, False),
        (0.6, 12_000, 26_050, False),
        (0.5, 9_900, 0, True),
        (2.0, 40_000, 1, True),
    ):
        line = c.AddLine(
            job="j1",
            text="x",
            standard_hours=hours,
            price=price,
            parts_price=parts,
            proposed=proposed,
        )
        trial.do(line, ANNA)
    trial.do(answered(False, line="4"), ANNA)
    found = totals(trial.job())
    assert (found.approved.lines, found.approved.hours) == (2, 1.8)
    assert (found.approved.labour, found.approved.parts) == (50_000, 78_050)
    assert found.approved.total == 128_050
    assert (found.proposed.total, found.declined.total) == (9_900, 40_001)


def test_an_order_without_lines_costs_nothing() -> None:
    assert totals(received(Trial()).job()).approved.total == 0


@pytest.mark.parametrize(
    ("minutes", "what"),
    [(0, "calm"), (29, "calm"), (30, "notice"), (54, "notice"), (55, "warning"), (90, "warning")],
)
def test_clocked_against_standard_is_calm_then_a_notice_then_a_warning(
    minutes: int, what: str
) -> None:
    trial = dispatched(Trial()).do(c.ChangeLine(job="j1", line="1", standard_hours=1), ANNA)
    trial.do(c.StartLine(job="j1"), TOM)
    line = trial.job().lines[0]
    assert spent(share_clocked(line, NOW + timedelta(minutes=minutes))) == Spent(what)


def test_without_a_standard_time_all_is_calm() -> None:
    line = working(Trial()).job().lines[0]
    assert share_clocked(line, NOW + timedelta(hours=9)) is None
    assert spent(None) == Spent.calm


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("380", 38_000),
        ("380.5", 38_050),
        (" ¥1,280.05 ", 128_005),
        ("￥12", 1_200),
        ("12元", 1_200),
        ("0", 0),
        ("-1", None),
        ("1.234", None),
        ("abc", None),
        ("", None),
        ("１２", None),
        ("9999999999", None),
    ],
)
def test_yuan_as_people_write_them(text: str, fen: int | None) -> None:
    assert fen_of(text) == fen


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "0.00"), (38_000, "380.00"), (128_005, "1,280.05"), (-150, "-1.50")]
)
def test_fen_as_yuan_are_written(fen: int, text: str) -> None:
    assert yuan(fen) == text
