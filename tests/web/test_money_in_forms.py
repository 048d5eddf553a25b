"""Money in forms is typed in yuan and arrives in fen; programs send fen."""

from datetime import UTC, datetime

import pytest

from board.codec import Malformed, command_from
from board.core.commands import AddLine, ChangeLine
from board.web.forms import command_body

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_yuan_become_fen() -> None:
    fields = {"job": ("j1",), "text": ("Pads",), "price": ("1,380.50",), "parts_price": ("0",)}
    body = command_body(fields, AddLine, NOW)
    assert (body["price"], body["parts_price"]) == (138_050, 0)


def test_full_width_digits_are_digits() -> None:
    fields = {"job": ("j1",), "text": ("Pads",), "price": ("\uff14\uff18\uff10.\uff15",)}
    assert command_body(fields, AddLine, NOW)["price"] == 480_50


@pytest.mark.parametrize("typed", ["much", "1e3", "1,00", "10,00,000", "0x10", "1_000"])
def test_what_is_no_amount_is_refused_at_its_field(typed: str) -> None:
    fields = {"job": ("j1",), "line": ("1",), "price": (typed,)}
    body = command_body(fields, ChangeLine, NOW)
    with pytest.raises(Malformed) as wrong:
        command_from("change_line", body, strict=False)
    assert list(wrong.value.fields) == ["price"]


def test_hours_stay_hours() -> None:
    fields = {"job": ("j1",), "standard_hours": ("1.5",)}
    assert command_body(fields, AddLine, NOW)["standard_hours"] == 1.5
