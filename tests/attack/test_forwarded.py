"""What a visitor claims of its own address, scheme or host counts only from our own proxy."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from board.web.proxies import Proxies, read_networks
from tests.web.front import Front

OURS = "127.0.0.1"
CLAIMS = {
    "x-forwarded-for": "10.9.8.7",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "shop.example",
    "x-forwarded-user": "chen",
    "x-forwarded-prefix": "/admin",
    "x-real-ip": "10.9.8.7",
    "x-original-url": "/admin/set-up",
    "forwarded": "for=10.9.8.7;proto=https;host=shop.example",
}


def _seen(shop: Front, claims: dict[str, str]) -> Any:
    answer = httpx.get(f"{shop.url}/who", headers=claims)
    return answer.json()


def test_a_strangers_claims_are_neither_believed_nor_passed_on(steady: Front) -> None:
    """Falls over without `if proxies.include(peer)` and without `"headers": kept` in
    `board/web/proxies.py`.
    """
    seen = _seen(steady, CLAIMS)
    assert seen["where"] == OURS
    assert seen["page"] == f"{steady.url}/who"
    assert seen["person"] is None
    assert not set(seen["headers"]) & set(CLAIMS)


def test_our_own_proxy_is_believed(behind: Callable[[str], Front]) -> None:
    seen = _seen(behind("127.0.0.0/8"), CLAIMS)
    assert (seen["where"], seen["page"]) == ("10.9.8.7", "https://shop.example/who")
    assert not set(seen["headers"]) & set(CLAIMS)


@pytest.mark.parametrize(
    ("said", "visitor"),
    [
        (["203.0.113.5"], "203.0.113.5"),
        (["1.1.1.1", "203.0.113.5"], "203.0.113.5"),
        (["203.0.113.5", "10.0.0.9"], "203.0.113.5"),
        (["1.1.1.1", "203.0.113.5", "10.0.0.9"], "203.0.113.5"),
        (["203.0.113.5:4711"], "203.0.113.5"),
        (["[2001:db8::1]:4711"], "2001:db8::1"),
        (["::ffff:203.0.113.5"], "203.0.113.5"),
        (["unknown"], OURS),
        (["203.0.113.5", "nonsense"], OURS),
        ([], OURS),
        (["10.0.0.9"] * 5000, "10.0.0.9"),
    ],
)
def test_hearsay_before_a_stranger_is_not_believed(said: list[str], visitor: str) -> None:
    """Falls over without `or not self.include(nearest)` in `board/web/proxies.py`."""
    proxies = Proxies(read_networks(f"{OURS}, 10.0.0.0/8"))
    assert proxies.visitor(OURS, said) == visitor


@pytest.mark.parametrize(
    "claim",
    [
        {"x-forwarded-proto": "javascript"},
        {"x-forwarded-host": "shop.example; script-src *"},
        {"x-forwarded-host": "evil.example/"},
        {"x-forwarded-host": "a@b"},
    ],
)
def test_nonsense_from_our_own_proxy_is_left_out(
    behind: Callable[[str], Front], claim: dict[str, str]
) -> None:
    """Falls over without `_HOST.fullmatch(host)` and without `if scheme in …` there."""
    shop = behind(OURS)
    seen = _seen(shop, claim)
    assert (seen["page"], seen["host"]) == (f"{shop.url}/who", f"127.0.0.1:{shop.port}")


def test_the_outer_scheme_and_host_are_what_origins_are_held_against(
    behind: Callable[[str], Front],
) -> None:
    """Falls over without `Middleware(Behind, …)` in `board/web/routes.py`."""
    shop = behind(OURS)
    outer = {"x-forwarded-proto": "https", "x-forwarded-host": "shop.example"}
    with shop.as_person("li") as li:
        li.headers.update(outer)
        li.cookies.set("__Host-baylight_session", li.cookies["baylight_session_http"])
        statuses = {}
        for origin in ("https://shop.example", "http://shop.example", shop.url):
            li.headers["origin"] = origin
            body = {"car": {"plate": "京A12345"}}
            statuses[origin] = li.post("/api/v1/commands/receive_job", json=body).status_code
    assert statuses == {"https://shop.example": 200, "http://shop.example": 403, shop.url: 403}


def test_behind_a_proxy_cookies_are_secure(behind: Callable[[str], Front]) -> None:
    answer = httpx.get(behind(OURS).url, headers={"x-forwarded-proto": "https"})
    assert "Secure" in answer.headers["set-cookie"]


def test_behind_a_proxy_everybody_has_a_count_of_their_own(behind: Callable[[str], Front]) -> None:
    """Falls over without `seen["client"] = (visitor, 0)` in `board/web/proxies.py`."""
    shop = behind(OURS)

    def tried(who: str) -> int:
        body = {"code": "AAAAAAAA"}
        claim = {"x-forwarded-for": who}
        return httpx.post(f"{shop.url}/screens/claim", json=body, headers=claim).status_code

    tries = [tried("203.0.113.5") for _ in range(6)]
    assert (tries[-1], tried("203.0.113.6")) == (429, tries[0])
