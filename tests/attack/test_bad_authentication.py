"""Whoever tries keys that are nobody's is sent away for a while, and nobody else with them."""

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from board.accounts_credentials import CredentialKind
from board.core.roles import Role
from tests.web.front import PIN, Front

TRIES = 60
A_MINUTE = 61.0
GUESSES: dict[str, dict[str, str]] = {
    "a session": {"cookie": "baylight_session=guess-{}"},
    "a television's pairing": {"cookie": "baylight_screen_tv=guess-{}"},
    "a key": {"authorization": "Bearer bl_guess-{}"},
}


def _guess(client: httpx.Client, guess: dict[str, str], number: int) -> httpx.Response:
    headers = {name: value.format(number) for name, value in guess.items()}
    return client.get("/api/v1/board", headers=headers)


def _guess_often(front: Front) -> None:
    with front.browser() as client:
        for number in range(TRIES + 5):
            _guess(client, GUESSES["a session"], number)


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
    """Falls over without `strangers.take(where, at)` in `board/web/session.py`."""
    with front.browser() as client:
        early = {_guess(client, guess, number).status_code for number in range(TRIES)}
        late = _guess(client, guess, TRIES)
        assert early == {401}
        assert (late.status_code, late.json()["code"]) == (429, "too_many")
        assert 0 < int(late.headers["retry-after"]) <= 60
        front.clock.pass_by(A_MINUTE)
        assert _guess(client, guess, TRIES).status_code == 401


def test_guesses_on_sockets_count_with_the_others(front: Front) -> None:
    """Falls over without the answer to `Stopped` in `Sockets._bring`: sockets would break."""
    for number in range(TRIES):
        _dials(front, {"cookie": f"baylight_session=guess-{number}"})
    assert _dials(front, {"cookie": "baylight_session=guess"}) == 429
    with front.browser() as client:
        assert _guess(client, GUESSES["a key"], 0).status_code == 429


def test_a_neighbour_of_the_guesser_works_on(front: Front) -> None:
    """Falls over without `not self._doors.access.has_met(secret)` there."""
    with front.as_person("li") as li, front.as_program(Role.advisor) as program:
        assert program.get("/api/v1/board").status_code == 200
        _guess_often(front)
        front.clock.pass_by(5)
        assert li.get("/api/v1/board").status_code == 200
        assert program.get("/api/v1/board").status_code == 200


def test_who_asks_without_any_key_is_no_guesser(front: Front) -> None:
    _guess_often(front)
    assert httpx.get(f"{front.url}/").status_code == 200


def test_an_ended_session_counts_as_a_guess(front: Front) -> None:
    """Falls over without `self._met.pop(hashed, None)` in `board/web/access.py`."""
    with front.as_person("li") as li:
        session = next(each for each in front.accounts.sessions.of_shop("shop-1"))
        front.do(front.access.end_session("shop-1", session.hash))
        statuses = [li.get("/api/v1/board").status_code for _ in range(TRIES + 1)]
    assert statuses == [401] * TRIES + [429]


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
    for _ in range(28):
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
        for limit in (front.doors.limits.person, front.doors.limits.sign_in):
            while not limit.take("127.0.0.1", front.clock().timestamp()):
                pass
        while not front.doors.limits.watcher.take("127.0.0.1", front.clock().timestamp()):
            pass
        assert client.get(path).status_code == 429
