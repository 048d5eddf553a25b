"""`baylight shop import` of a file that leaves out a state with jobs asks where they go."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from board.core import commands as c
from board.core.job import Car
from board.core.refusals import Refused
from cli_shop import OPERATOR, open_workshop
from tests.e2e.running import shop_file
from tests.starting.asked import Ask

WITHOUT = '\n[workflow]\nleft_out = ["preparing"]\n'


def one_in_preparation() -> None:
    """One booked car whose parts are being prepared, in the shop that the settings name."""
    with open_workshop() as workshop:
        desk = workshop.first_desk
        at = desk.now() + timedelta(hours=2)
        booking = c.BookJob(job="j1", car=Car("京AD12345"), booked_for=at, reason="test")
        for command in (booking, c.MoveJob(job="j1", to="preparing", reason="test")):
            answer = asyncio.run(desk.handle(command, OPERATOR))
            assert not isinstance(answer, Refused), answer


def state() -> str:
    """Where the job stands now."""
    with open_workshop() as workshop:
        return workshop.first_desk.shop.jobs["j1"].state


def test_it_names_the_option_and_the_page_and_takes_the_answer(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    file.write_text(shop_file())
    assert ask("shop", "import", str(file))[0] == 0
    one_in_preparation()
    file.write_text(shop_file() + WITHOUT)
    code, said = ask("shop", "import", str(file))
    assert code == 1
    assert "preparing (1)" in said
    assert "Add --move preparing=STATE, or choose it on the page /admin/workflow." in said
    assert ask("shop", "import", str(file), "--move", "preparing=booked")[0] == 0
    assert state() == "booked"


def test_a_move_that_is_none_is_named(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    file.write_text(shop_file())
    with pytest.raises(SystemExit):
        ask("shop", "import", str(file), "--move", "preparing")
