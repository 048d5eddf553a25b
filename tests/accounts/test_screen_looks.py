"""What is set for a screen is kept with it, and reaches whoever shows something on it."""

from datetime import time

import pytest
from msgspec import DecodeError
from sqlalchemy import Engine, insert, update

from board.accounts import Accounts
from board.accounts_sessions import token_hash
from board.database import writing
from board.screen_look import ScreenLook, look_text, read_look
from board.tables_of_access import screens
from tests.accounts.conftest import Clock

WORKSHOP = ScreenLook(
    view="overview",
    group="b1,b2",
    diagonal_inches=65.0,
    distance_m=8.5,
    language="zh-Hans",
    sound=True,
    opens=time(7, 30),
    closes=time(19, 0),
    theme="andon",
    zone="Asia/Urumqi",
)


def test_a_look_comes_back_as_it_was_kept() -> None:
    assert read_look(look_text(WORKSHOP), "", "en") == WORKSHOP


def test_a_screen_from_before_there_were_looks_keeps_its_group_and_language() -> None:
    assert read_look(None, "b3", "en") == ScreenLook(group="b3", language="en")


def test_what_no_look_ever_was_is_refused() -> None:
    with pytest.raises(DecodeError):
        read_look('{"sound": "loud"}', "", "en")


def test_a_session_of_a_screen_knows_its_look(
    accounts: Accounts, engine: Engine, clock: Clock
) -> None:
    row = {"shop_id": "main", "screen_id": "s1", "name": "TV-01", "audience": "tv"}
    with writing(engine) as connection:
        connection.execute(insert(screens).values(**row, language="en", created_at=clock.now))
    token = accounts.sessions.open_screen("main", "s1", "tv", "en")
    before = accounts.sessions.find(token_hash(token))
    with writing(engine) as connection:
        connection.execute(update(screens).values(look=look_text(WORKSHOP)))
    after = accounts.sessions.find(token_hash(token))
    assert before is not None
    assert before.look == ScreenLook(language="en")
    assert after is not None
    assert after.look == WORKSHOP
