"""Whoever tries keys that are nobody's is sent away for a while, and nobody else with them.

A whole shop stands behind one address: there a guesser may be the neighbour of everybody.
"""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import sqlalchemy
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from board.accounts_credentials import CredentialKind
from board.core.roles import Role
from board.web import access, together
from tests.web.front import PASSWORD, PIN, SHOP, Front

TRIES = 60
A_MINUTE = 61.0
GUESSES: dict[str, dict[str, str]] = {
    "a session": {"cookie": "baylight_session_http=guess-{}"},
    "a television's pairing": {"cookie": "baylight_screen_tv_http=guess-{}"},
    "a key": {"authorization": "Bearer bl_guess-{}"},
}


def _guess(client: httpx.Client, guess: dict[str, str], number: int) -> httpx.Response:
    headers = {name: value.format(number) for name, value in guess.items()}
    return client.get("/api/v1/board", headers=headers)


def _guessed(front: Front, times: int) -> None:
    """So many guesses of late from the address of all tests."""
    for _ in range(times):
        front.doors.limits.stranger.take("127.0.0.1", front.clock().timestamp())


def _dials(front: Front, guess: dict[str, str]) -> int:
    headers = {"origin": front.url, **guess}
    try:
        with connect(
            f"ws://127.0.0.1:{front.port}/live/tv", additional_headers=headers, proxy=None
        ):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


@pytest.mark.parametrize("guess", GUESSES.values(), ids=GUESSES)
def test_so_many_guesses_a_minute_and_no_more(front: Front, guess: dict[str, str]) -> None:
    """Falls over without `strangers.take(where, at)` in `board/web/session.py`, and without
    `not_guessing(request)` in `board/web/checks.py`.
    """
    _guessed(front, TRIES - 5)
    with front.browser() as client:
        early = {_guess(client, guess, number).status_code for number in range(5)}
        late = _guess(client, guess, TRIES)
        assert early == {401}
        assert (late.status_code, late.json()["code"]) == (429, "too_many")
        assert 0 < int(late.headers["retry-after"]) <= 60
        front.clock.pass_by(A_MINUTE)
        assert _guess(client, guess, TRIES).status_code == 401


def test_guesses_on_sockets_count_with_the_others(front: Front) -> None:
    """Falls over without `not_guessing(socket)` in `board/web/sockets.py`."""
    _guessed(front, TRIES - 5)
    for number in range(5):
        assert _dials(front, {"cookie": f"baylight_session_http=guess-{number}"}) == 101
    assert _dials(front, {"cookie": "baylight_session_http=guess"}) == 429
    with front.browser() as client:
        assert _guess(client, GUESSES["a key"], 0).status_code == 429


def test_who_proves_himself_beside_a_guesser_is_let_in_at_once(front: Front) -> None:
    """Falls over when a secret not met before is refused without a look: `return None` in
    `board/web/session.py` for one that `is_doubted`.
    """
    _guessed(front, TRIES)
    with front.as_person("li") as li, front.as_program(Role.advisor) as program:
        assert program.get("/api/v1/board").status_code == 200
        assert li.get("/api/v1/board").status_code == 200
    session = front.accounts.sessions.open_person(SHOP, "wang", "pin", "en")
    assert _dials(front, {"cookie": f"baylight_session_http={session}"}) == 101


@pytest.mark.parametrize(
    "cookies", [{}, {"baylight_session_http": "of-yesterday"}], ids=["new", "old"]
)
def test_beside_a_guesser_a_right_password_signs_in(front: Front, cookies: dict[str, str]) -> None:
    """Falls over when `Visitors.who` refuses who is nobody, as `not_guessing` does later: the
    page to sign in on would be refused to a browser with an old cookie.
    """
    front.give("li", CredentialKind.password, PASSWORD)
    _guessed(front, TRIES)
    with front.browser() as client:
        client.cookies.update(cookies)
        assert client.get("/", headers={"accept": "text/html"}).status_code == 200
        form = {"person": "li", "password": PASSWORD, "csrf": client.get("/who").json()["csrf"]}
        assert client.post("/sign-in/password", data=form).status_code == 303
        assert client.get("/api/v1/board").status_code == 200


def test_a_flood_of_guesses_asks_the_database_little(front: Front) -> None:
    """Falls over without `doubted=is_doubted` in `board/web/session.py`."""
    asked: list[str] = []
    sqlalchemy.event.listen(
        front.engine, "before_cursor_execute", lambda *given: asked.append(given[2])
    )
    _guessed(front, TRIES)
    with front.browser() as client, ThreadPoolExecutor(20) as pool:
        answers = pool.map(lambda number: _guess(client, GUESSES["a key"], number), range(200))
        assert {answer.status_code for answer in answers} == {429}
    assert sum("api_tokens" in statement for statement in asked) < 100


def test_a_neighbour_who_was_met_does_not_even_wait(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Falls over without `not self._doors.access.has_met(secret)` in `board/web/session.py`."""
    monkeypatch.setattr(access, "KEPT_SECONDS", 0.0)
    with front.as_program(Role.advisor) as program, front.browser() as guesser:
        assert program.get("/api/v1/board").status_code == 200
        _guessed(front, TRIES)
        for number in range(together.FREE):
            _guess(guesser, GUESSES["a key"], number)
        for span in ("QUIET_SECONDS", "CROWD_SECONDS"):
            monkeypatch.setattr(together, span, 60.0)
        assert program.get("/api/v1/board", timeout=20).status_code == 200


def test_who_asks_without_any_key_is_no_guesser(front: Front) -> None:
    _guessed(front, TRIES)
    assert httpx.get(f"{front.url}/").status_code == 200
    assert httpx.get(f"{front.url}/api/v1/board").status_code == 401


def test_an_ended_session_counts_as_a_guess(front: Front) -> None:
    """Falls over without `if found is None` in `_proved` of `board/web/session.py`."""
    with front.as_person("li") as li:
        session = next(each for each in front.accounts.sessions.of_shop(SHOP))
        front.do(front.access.end_session(SHOP, session.hash))
        _guessed(front, TRIES - 5)
        statuses = [li.get("/api/v1/board").status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]


def test_a_name_is_locked_and_the_others_are_not(front: Front) -> None:
    """Falls over without `if count >= TRIES` in `board/accounts_credentials.py`. A new PIN from
    the manager opens the name at once.
    """
    for person in ("li", "wang"):
        front.give(person, CredentialKind.pin, PIN)
    assert [_sign_in(front, "li", "0000") for _ in range(6)] == [422] * 4 + [429] * 2
    assert _sign_in(front, "li", PIN) == 429
    assert _sign_in(front, "wang", PIN) == 200
    front.give("li", CredentialKind.pin, PIN)
    assert _sign_in(front, "li", PIN) == 200


def test_an_address_signs_in_so_often_and_no_more(front: Front) -> None:
    """Falls over without `not_too_often(…)` in `sign_in` of `board/web/sign_in.py`."""
    for _ in range(298):
        front.doors.limits.sign_in.take("127.0.0.1", front.clock().timestamp())
    assert [_sign_in(front, "nobody", "0000") for _ in range(3)] == [422, 422, 429]


def _sign_in(front: Front, person: str, pin: str) -> int:
    with front.browser() as client:
        client.headers["accept"] = "application/json"
        client.get("/", headers={"accept": "text/html"})
        csrf = client.get("/who").json()["csrf"]
        form = {"person": person, "pin": pin, "csrf": csrf}
        return client.post("/sign-in/pin", data=form).status_code


@pytest.mark.parametrize("path", ["/", "/welcome/guess", "/readyz", "/metrics"])
def test_even_who_only_looks_has_a_rate(front: Front, path: str) -> None:
    """Falls over without `patient` or `not_too_often` in the door of that path."""
    with front.browser() as client:
        statuses = [client.get(path).status_code for _ in range(20)]
        assert 429 not in statuses
        limits = front.doors.limits
        for limit in (limits.nobody, limits.sign_in, limits.watcher):
            while not limit.take("127.0.0.1", front.clock().timestamp()):
                pass
        assert client.get(path).status_code == 429
