"""The table [handover] of a shop file: what the shop wants before a car is delivered."""

import pytest

from board.core.handover import EVERYTHING_WANTED, HandoverPlan
from board.shop_file import ShopFile, check, read_shop_file
from tests.accounts.test_shop_file import SOUND


def plan_of(text: str) -> HandoverPlan | None:
    found = read_shop_file(SOUND + text)
    assert isinstance(found, ShopFile), found
    return found.command.settings.handover


def test_a_file_without_the_table_says_nothing_of_the_handover() -> None:
    assert plan_of("") is None


def test_the_table_wants_everything_that_it_does_not_switch_off() -> None:
    assert plan_of("[handover]\n") == EVERYTHING_WANTED
    plan = plan_of("[handover]\ngate_pass = false\n")
    assert plan == HandoverPlan(settlement=True, checklist=True)


def test_points_are_left_out_and_added() -> None:
    text = """[handover]
left_out = ["old_parts", "belongings"]
added = ["Tyre pressures shown"]
"""
    plan = plan_of(text)
    assert plan is not None
    assert plan.points == ("advice", "next_service", "call_back", "Tyre pressures shown")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("settlement = 1", "switch"),
        ('left_out = ["coffee"]', "word"),
        ('added = ["advice"]', "point"),
        ('added = [" "]', "point"),
        ("coffee = true", "unknown_key"),
    ],
)
def test_a_mistake_is_named_by_line_and_reason(line: str, code: str) -> None:
    found = check(f"{SOUND}[handover]\n{line}\n")
    last = (SOUND + "[handover]").count("\n") + 2
    assert [(mistake.line, mistake.code) for mistake in found] == [(last, code)]


def test_how_long_a_wash_takes_is_set_up() -> None:
    found = read_shop_file(SOUND.replace("[[bays]]", "wash_seconds = 600\n[[bays]]", 1))
    assert isinstance(found, ShopFile)
    assert found.command.settings.wash_seconds == 600
