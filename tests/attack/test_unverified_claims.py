"""What a token says of itself is neither believed nor fetched: it is known or it is nothing."""

import base64
import json
import socket
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from board.web.csrf import form_csrf, session_csrf
from tests.web.front import Front


def _part(value: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _token(head: dict[str, object], mark: str = "") -> str:
    claims = {"sub": "chen", "person": "chen", "shop": "shop-1", "roles": ["manager"]}
    return f"{_part(head)}.{_part({**claims, 'exp': 9_999_999_999})}.{mark}"


@pytest.fixture
def bait() -> Iterator[socket.socket]:
    """A place to which a token points; nobody must come."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        listener.setblocking(False)
        yield listener


def _forged(url: str) -> list[str]:
    return [
        _token({"alg": "none"}),
        _token({"alg": "None", "typ": "JWT"}),
        _token({"alg": "HS256", "kid": url}, "AAAA"),
        _token({"alg": "RS256", "jku": url, "x5u": url}, "AAAA"),
        _token({"alg": "HS256", "kid": "../../../dev/null"}, "AAAA"),
        _token({"alg": "HS256", "kid": "x' UNION SELECT 'y"}, "AAAA"),
        _part({"person": "chen", "shop": "shop-1"}),
        "chen",
        "' OR 1=1 --",
        "bl_",
        "null",
        "é".encode().decode("latin-1"),
        url,
    ]


def test_a_forged_token_is_nobodys_and_leads_nowhere(front: Front, bait: socket.socket) -> None:
    """Falls over when `find_all` of `board/accounts_sessions.py` or `board/accounts_tokens.py`
    gives what it finds under another hash than its own; the question alone need not be right.
    """
    url = f"http://127.0.0.1:{bait.getsockname()[1]}/keys.json"
    with httpx.Client(base_url=front.url) as client:
        for forged in _forged(url):
            for headers in (
                {b"authorization": b"Bearer " + forged.encode("latin-1")},
                {b"cookie": b"baylight_session_http=" + forged.encode("latin-1")},
                {b"cookie": b"baylight_screen_tv_http=" + forged.encode("latin-1")},
            ):
                assert client.get("/who", headers=headers).json()["person"] is None
                assert client.get("/api/v1/board", headers=headers).status_code in (401, 429)
            front.clock.pass_by(61)
            link = client.get("/welcome/" + forged.replace("/", "%2f").replace(" ", "%20"))
            assert link.status_code == 404
    with pytest.raises(BlockingIOError):
        bait.accept()


def test_the_hash_that_names_a_session_does_not_open_it(front: Front) -> None:
    """Falls over without `token_hash(token)` in `Access.session`."""
    token = front.accounts.sessions.open_person("shop-1", "chen", "password", "en")
    named = front.accounts.sessions.of_shop("shop-1")[0].hash
    with httpx.Client(base_url=front.url) as client:
        answers = [
            client.get("/who", headers={"cookie": f"baylight_session_http={each}"}).json()["person"]
            for each in (named, token)
        ]
    assert answers == [None, "chen"]


def test_a_persons_session_is_no_screens_and_a_screens_no_persons(front: Front) -> None:
    """Falls over without the checks of `holder_kind` in `board/web/session.py`."""
    person = front.accounts.sessions.open_person("shop-1", "chen", "password", "en")
    screen = front.accounts.sessions.open_screen("shop-1", "tv-1", "tv", "en")
    cookies = f"baylight_session_http={screen}; baylight_screen_tv_http={person}"
    known = httpx.get(f"{front.url}/who", headers={"cookie": cookies}).json()
    assert (known["person"], known["screen"]) == (None, None)


def test_a_form_token_of_another_key_or_session_is_worth_nothing(front: Front) -> None:
    """Falls over without `same(…)` in `own_form` of `board/web/checks.py`."""
    with front.as_person("li") as li, front.as_person("chen") as chen:
        session = next(each.hash for each in front.accounts.sessions.of_shop("shop-1"))
        for wrong in (
            "",
            "x",
            session_csrf(b"", session),
            session_csrf(b"another secret", session),
            form_csrf(b"secret for tests", ""),
            chen.headers["x-csrf-token"],
        ):
            li.headers["x-csrf-token"] = wrong
            answer = li.post("/do/receive_job", data={"car.plate": "京A12345"})
            assert answer.status_code == 403
    assert front.desk.shop.jobs == {}
