"""The shop's file says what devices may do by themselves, and how sure they must be."""

import pytest

from board.core.sensor_rules import SensorRules
from board.shop_file import check
from tests.accounts.shop_files import SOUND, settings_of

SENSING = """[sensing]
arrive_by_plate = true
sure_percent = 90
likely_percent = 70
lapse_seconds = 600
"""


def test_a_file_switches_on_what_it_names_and_nothing_else() -> None:
    assert settings_of(SOUND + SENSING).sensing == SensorRules(True, False, 90, 70, 600)
    assert settings_of(SOUND + "[sensing]\n").sensing == SensorRules()


def test_a_file_without_the_table_leaves_what_was() -> None:
    assert settings_of(SOUND).sensing is None


@pytest.mark.parametrize(
    ("right", "wrong", "line", "reason"),
    [
        ("= true", '= "yes"', 8, "arrive_by_plate: must be true or false"),
        ("= 90", "= 101", 9, "sure_percent: must be a whole number from 0 to 100"),
        ("= 90", "= 0.9", 9, "sure_percent: must be a whole number"),
        ("= 90", "= 60", 10, "likely_percent: must not be above sure_percent, which is 60"),
        ("= 600", "= 0", 11, "lapse_seconds: must be a whole number of seconds above 0"),
        ("arrive", "deliver", 8, "deliver_by_plate: unknown key"),
    ],
)
def test_a_mistake_is_named_with_its_line(right: str, wrong: str, line: int, reason: str) -> None:
    found = check(SOUND + SENSING.replace(right, wrong, 1))
    assert [(one.line, one.reason.startswith(reason)) for one in found] == [(line, True)], found
