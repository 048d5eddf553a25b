"""The hours that are set for a screen: its own, over midnight too, or none."""

from datetime import time

import pytest

from board.web.errors import Stopped
from board.web.screens_looks import asked_screen
from tests.builders import Trial


def _asked(opens: str, closes: str) -> tuple[time | None, time | None]:
    said = {"audience": "tv", "language": "en", "opens": opens, "closes": closes}
    fields = {name: (value,) for name, value in said.items()}
    look = asked_screen(fields, Trial().shop, ("en",)).look
    return look.opens, look.closes


def test_a_night_shift_has_hours_around_midnight() -> None:
    assert _asked("22:00", "06:00") == (time(22), time(6))
    assert _asked("06:00", "22:00") == (time(6), time(22))
    assert _asked("", "") == (None, None)


@pytest.mark.parametrize("hours", [("08:00", "08:00"), ("08:00", ""), ("", "18:00")])
def test_hours_are_two_different_times(hours: tuple[str, str]) -> None:
    with pytest.raises(Stopped) as refused:
        _asked(*hours)
    assert refused.value.fields == ("opens",)
