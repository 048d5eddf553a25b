"""A screen shows a code of its own, a manager approves it, and only that screen can collect."""

import pytest

from board.accounts import Accounts
from board.accounts_screen_codes import CODE_SECONDS, LETTERS
from board.accounts_screen_requests import AGAIN_SECONDS, MOST_WAITING, Waiting
from board.screen_look import ScreenLook
from tests.accounts.conftest import Clock

LOOK = ScreenLook(group="b1", language="en", diagonal_inches=55.0, distance_m=6.0)


def _asked(accounts: Accounts, audience: str = "tv") -> tuple[str, Waiting]:
    token = accounts.requests.ask(audience)
    assert token is not None
    waiting = accounts.requests.waiting(token)
    assert waiting is not None
    return token, waiting


def test_a_screen_shows_the_same_eight_letters_as_long_as_it_waits(accounts: Accounts) -> None:
    token, waiting = _asked(accounts)
    assert len(waiting.code) == 8
    assert set(waiting.code) <= set(LETTERS)
    assert accounts.requests.waiting(token) == waiting
    assert not waiting.approved


def test_what_is_approved_is_collected_once_and_only_with_the_devices_token(
    accounts: Accounts, clock: Clock
) -> None:
    token, waiting = _asked(accounts)
    stranger, _ = _asked(accounts)
    assert accounts.requests.collect(token) is None, "nobody approved it yet"
    made = accounts.requests.approve(waiting.code.lower(), "main", "", "tv", LOOK)
    assert made is not None
    assert (made.name, made.look) == ("TV-01", LOOK)
    again = accounts.requests.waiting(token)
    assert again is not None
    assert again.approved
    assert accounts.requests.collect(waiting.code) is None, "the code is not the token"
    assert accounts.requests.collect(stranger) is None
    assert accounts.requests.collect(token) == made
    clock.pass_by(AGAIN_SECONDS - 1)
    assert accounts.requests.collect(token) == made, "the first answer may have been lost"
    clock.pass_by(1)
    assert accounts.requests.collect(token) is None
    assert accounts.screens.of_shop("main") == [made]


def test_a_code_is_approved_once(accounts: Accounts) -> None:
    _, waiting = _asked(accounts)
    assert accounts.requests.approve(waiting.code, "main", "Hall", "tv", LOOK) is not None
    assert accounts.requests.approve(waiting.code, "main", "Hall", "tv", LOOK) is None
    assert accounts.requests.audience_of(waiting.code, "main") is None
    assert len(accounts.screens.of_shop("main")) == 1


def test_a_screen_that_opened_the_address_of_a_shop_is_approved_there_only(
    accounts: Accounts,
) -> None:
    """Falls over when `_open` of `board/accounts_screen_requests.py` does not ask whose it is."""
    token = accounts.requests.ask("lounge", "theirs")
    waiting = accounts.requests.waiting(token or "")
    assert token is not None
    assert waiting is not None
    assert not waiting.approved
    assert accounts.requests.audience_of(waiting.code, "main") is None
    assert accounts.requests.approve(waiting.code, "main", "", "tv", LOOK) is None
    assert accounts.requests.audience_of(waiting.code, "theirs") == "lounge"
    made = accounts.requests.approve(waiting.code, "theirs", "", "lounge", LOOK)
    assert made is not None
    assert accounts.requests.collect(token) == made
    assert accounts.screens.of_shop("main") == []


def test_after_a_quarter_of_an_hour_there_is_nothing_to_approve_or_to_collect(
    accounts: Accounts, clock: Clock
) -> None:
    _, early = _asked(accounts)
    token, waiting = _asked(accounts)
    assert accounts.requests.approve(waiting.code, "main", "", "tv", LOOK) is not None
    clock.pass_by(CODE_SECONDS)
    assert accounts.requests.approve(early.code, "main", "", "tv", LOOK) is None
    assert accounts.requests.collect(token) is None
    assert accounts.requests.waiting(token) is None


def test_a_screen_revoked_before_it_was_collected_is_never_handed_out(accounts: Accounts) -> None:
    token, waiting = _asked(accounts)
    made = accounts.requests.approve(waiting.code, "main", "", "tv", LOOK)
    assert made is not None
    accounts.screens.revoke("main", made.id)
    assert accounts.requests.collect(token) is None
    assert accounts.requests.waiting(token) is None, "its page has another code at once"


def test_there_are_never_more_who_wait_than_a_house_has_screens(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    assert MOST_WAITING > 100
    monkeypatch.setattr("board.accounts_screen_requests.MOST_WAITING", 3)
    assert [bool(accounts.requests.ask("tv")) for _ in range(5)] == [True] * 3 + [False] * 2
    clock.pass_by(CODE_SECONDS)
    assert accounts.requests.ask("tv"), "those who waited too long are forgotten"


def test_a_changed_screen_is_another_wall_with_the_same_session(accounts: Accounts) -> None:
    token, waiting = _asked(accounts)
    made = accounts.requests.approve(waiting.code, "main", "", "tv", LOOK)
    assert made is not None
    assert accounts.requests.collect(token) is not None
    accounts.sessions.open_screen("main", made.id, "tv", "en")
    calm = ScreenLook(language="zh-Hans", sound=True)
    assert accounts.screens.change("main", made.id, "Hall", "lounge", calm)
    session = accounts.sessions.of_shop("main")[0]
    assert (session.audience, session.look, session.screen_name) == ("lounge", calm, "Hall")
    accounts.screens.revoke("main", made.id)
    assert not accounts.screens.change("main", made.id, "Hall", "tv", calm)
