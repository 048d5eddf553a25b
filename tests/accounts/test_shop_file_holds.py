"""The shop's file says who owns a hold and when it escalates."""

import pytest

from board.core.holds import HoldReason, HoldRules
from board.core.roles import Role
from board.shop_file import check
from tests.accounts.shop_files import SOUND, settings_of

HOLDS = """[holds]
escalate_seconds = 5400
[holds.warranty]
owner = "warranty_clerk"
escalate_seconds = 0
[holds.technical_help]
escalate_seconds = 900
"""


def rules_of(text: str) -> HoldRules | None:
    """The rules of holds that a sound file means."""
    return settings_of(text).holds


def test_a_file_names_owners_and_times_per_reason() -> None:
    assert rules_of(SOUND + HOLDS) == HoldRules(
        owners={HoldReason.warranty: Role.warranty_clerk},
        escalate_seconds={HoldReason.warranty: 0, HoldReason.technical_help: 900},
        others_escalate_seconds=5400,
    )


def test_a_file_without_the_table_goes_by_what_ships() -> None:
    assert rules_of(SOUND) == HoldRules()


@pytest.mark.parametrize(
    ("right", "wrong", "line", "reason"),
    [
        ("5400", "-1", 8, "escalate_seconds: must be a whole number of seconds, or 0 for never"),
        ("= 900", '= "soon"', 13, "escalate_seconds: must be a whole number of seconds"),
        ('"warranty_clerk"', '"nobody"', 10, "owner: “nobody” is not one of"),
        ('"warranty_clerk"', '"customer"', 10, "owner: “customer” is no role for people"),
        ("[holds.technical_help]", "[holds.coffee]", 12, "coffee: “coffee” is not one of"),
        ("[holds.technical_help]", "[holds.break]", 12, "break: a break belongs to the calendar"),
        (
            "[holds.technical_help]\nescalate",
            "[holds.quote]\nlate",
            13,
            "late_seconds: unknown key",
        ),
        ("escalate_seconds = 5400", 'quote = "me"', 8, "quote: must be a table: [holds.quote]"),
    ],
)
def test_a_mistake_is_named_with_its_line(right: str, wrong: str, line: int, reason: str) -> None:
    assert right in HOLDS
    found = check(SOUND + HOLDS.replace(right, wrong, 1))
    assert [(one.line, one.reason.startswith(reason)) for one in found] == [(line, True)], found
