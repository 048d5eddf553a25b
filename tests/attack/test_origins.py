"""Whose page may post or open a socket: one table of origins, for both."""

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.web.front import Front

FOREIGN = {
    "none at all": "null",
    "empty": "",
    "another site": "https://evil.example",
    "our name as a suffix": "http://evil-127.0.0.1:{port}",
    "our name as a prefix": "http://127.0.0.1.evil.example:{port}",
    "our name below theirs": "http://evil.127.0.0.1:{port}",
    "our port as their name": "http://127.0.0.1:{port}.evil.example",
    "no port": "http://127.0.0.1",
    "another port": "http://127.0.0.1:1",
    "our port written longer": "http://127.0.0.1:{port}0",
    "port 0": "http://127.0.0.1:0",
    "loopback by name": "http://localhost:{port}",
    "loopback in IPv6": "http://[::1]:{port}",
    "loopback as a number": "http://2130706433:{port}",
    "loopback short": "http://127.1:{port}",
    "every address": "http://0.0.0.0:{port}",
    "a trailing dot": "http://127.0.0.1.:{port}",
    "somebody at our host": "http://evil@127.0.0.1:{port}",
    "us as somebody": "http://127.0.0.1:{port}@evil.example",
    "a path": "http://127.0.0.1:{port}/",
    "a query": "http://127.0.0.1:{port}?x",
    "a backslash": "http://127.0.0.1:{port}\\.evil.example",
    "two at once": "http://127.0.0.1:{port} http://evil.example",
    "two with a comma": "http://127.0.0.1:{port}, http://evil.example",
    "a file": "file://127.0.0.1:{port}",
    "an extension": "chrome-extension://127.0.0.1:{port}",
    "a socket's scheme": "ws://127.0.0.1:{port}",
    "no scheme": "//127.0.0.1:{port}",
    "full-width digits": "http://１２７.0.0.1:{port}",
    "punycode": "http://xn--127-8c4a.0.0.1:{port}",
    "letters beyond ASCII": "http://127.0.0.1ı:{port}",
    "half a bracket": "http://[127.0.0.1:{port}",
    "a port that is none": "http://127.0.0.1:99999999",
}
NAMES = [
    ("shop.example", "http://shop.example", True),
    ("shop.example", "https://shop.example", True),
    ("shop.example:80", "http://shop.example", True),
    ("shop.example", "https://shop.example:443", True),
    ("SHOP.example", "http://shop.example", True),
    ("shop.example", "http://shop.example:443", False),
    ("shop.example", "http://evil-shop.example", False),
    ("shop.example", "http://shop.example.org", False),
    ("shop.example", "http://shop.example.", False),
    ("shop.example", "http://www.shop.example", False),
    ("shop.example", "http://xn--shp-0na.example", False),
    ("xn--fsq.example", "http://例.example", False),
    ("xn--fsq.example", "http://xn--fsq.example", True),
    ("", "http://", False),
    ("a@shop.example", "http://shop.example", False),
]


def _posts(shop: Front, headers: dict[bytes, bytes]) -> int:
    with shop.as_person("li") as li:
        del li.headers["origin"]
        sent = [*li.headers.raw, *headers.items(), (b"content-type", b"application/json")]
        return li.post("/api/v1/commands/move_job", headers=sent, content=b"{}").status_code


def _dials(shop: Front, headers: dict[str, str]) -> int:
    try:
        with connect(f"ws://127.0.0.1:{shop.port}/live/tv", additional_headers=headers, proxy=None):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


@pytest.mark.parametrize("origin", FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_origin_may_neither_post_nor_dial(steady: Front, origin: str) -> None:
    """Falls over without the last line of `_is_ours`, and by users and paths without
    `_HOST.fullmatch(host)` in `_place`, in `board/web/security.py`.
    """
    said = origin.format(port=steady.port).encode()
    assert _posts(steady, {b"origin": said}) == 403
    assert _dials(steady, {"Origin": said.decode("latin-1")}) == 403


def test_a_second_origin_does_not_hide_behind_ours(steady: Front) -> None:
    """Falls over with `headers.get("origin")` in place of `getlist` there."""
    with steady.as_person("li") as li:
        headers = [("origin", steady.url), ("origin", "http://evil.example")]
        del li.headers["origin"]
        sent = [*li.headers.items(), *headers]
        assert li.post("/api/v1/commands/move_job", headers=sent, json={}).status_code == 403


@pytest.mark.parametrize(("host", "origin", "is_ours"), NAMES)
def test_a_name_is_held_against_the_host_that_is_asked(
    steady: Front, host: str, origin: str, is_ours: bool
) -> None:
    """Falls over without the same line."""
    status = _posts(steady, {b"origin": origin.encode(), b"host": host.encode()})
    assert (status != 403) == is_ours


def test_without_any_origin_no_socket_opens(steady: Front) -> None:
    """Falls over without `if scope["type"] == "websocket": return False` there, and without
    `not is_own(scope)` in `board/web/sockets.py`.
    """
    assert _dials(steady, {}) == 403
    assert _dials(steady, {"Sec-Fetch-Site": "same-origin"}) == 403


def test_our_own_page_may(steady: Front) -> None:
    assert _posts(steady, {b"origin": steady.url.encode()}) == 422
    assert _dials(steady, {"Origin": steady.url}) == 101
