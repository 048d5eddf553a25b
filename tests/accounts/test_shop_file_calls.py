"""The shop's file says how long help calls may stay unanswered."""

import pytest

from board.core.calls import CallKind, CallRules
from board.shop_file import check
from tests.accounts.shop_files import SOUND, settings_of

CALLS = """[calls]
answer_seconds = 240
[calls.safety]
answer_seconds = 30
[calls.quality]
answer_seconds = 0
"""


def rules_of(text: str) -> CallRules | None:
    """The rules of calls that a sound file means."""
    return settings_of(text).calls


def test_a_file_names_times_per_kind() -> None:
    assert rules_of(SOUND + CALLS) == CallRules({CallKind.safety: 30, CallKind.quality: 0}, 240)


def test_a_file_without_the_table_goes_by_what_ships() -> None:
    assert rules_of(SOUND) == CallRules()


@pytest.mark.parametrize(
    ("right", "wrong", "line", "reason"),
    [
        ("240", "-1", 8, "answer_seconds: must be a whole number of seconds, or 0 for never"),
        ("= 30", '= "soon"', 10, "answer_seconds: must be a whole number of seconds"),
        ("[calls.safety]", "[calls.coffee]", 9, "coffee: “coffee” is not one of"),
        ("[calls.safety]\nanswer", "[calls.safety]\nlate", 10, "late_seconds: unknown key"),
        ("answer_seconds = 240", 'parts = "me"', 8, "parts: must be a table: [calls.parts]"),
    ],
)
def test_a_mistake_is_named_with_its_line(right: str, wrong: str, line: int, reason: str) -> None:
    assert right in CALLS
    found = check(SOUND + CALLS.replace(right, wrong, 1))
    assert [(one.line, one.reason.startswith(reason)) for one in found] == [(line, True)], found
