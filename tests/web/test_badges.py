"""Badges: a secret on paper signs in where it is scanned; a manager makes it and takes it back."""

import re

import httpx
import pytest

from tests.web.front import SHOP, Front


@pytest.fixture
def code(front: Front) -> str:
    return front.accounts.badges.make(SHOP, "wang")


def scan(browser: httpx.Client, code: str) -> httpx.Response:
    """Somebody holds a badge to the scanner of a tablet."""
    csrf = re.findall(r'name="csrf" value="([^"]+)"', browser.get("/?tablet").text)[0]
    form = {"badge": code, "csrf": csrf}
    return browser.post("/sign-in/badge", data=form, headers={"accept": "application/json"})


def test_whoever_is_scanned_is_signed_in_and_who_was_here_is_not(front: Front, code: str) -> None:
    other = front.accounts.badges.make(SHOP, "li")
    with front.browser() as tablet:
        assert scan(tablet, code).json() == {"to": "/tablet"}
        assert tablet.get("/who").json()["person"] == "wang"
        before = tablet.cookies["baylight_session_http"]
        form = {"badge": other, "csrf": tablet.get("/who").json()["csrf"]}
        answer = tablet.post("/sign-in/badge", data=form, headers={"accept": "application/json"})
        assert answer.json() == {"to": "/board"}
        assert tablet.get("/who").json()["person"] == "li"
    with front.browser() as thief:
        thief.cookies.set("baylight_session_http", before)
        assert thief.get("/who").json()["person"] is None


def test_guesses_are_refused_and_counted(front: Front, code: str) -> None:
    wrong = [f"B{n:040}" for n in range(19)]
    with front.browser() as tablet:
        for each in (*wrong[:18], "B1", code.lower()[:-1]):
            assert scan(tablet, each).json()["code"] == "badge_wrong"
        assert scan(tablet, code).status_code == 429
        front.clock.pass_by(901)
        assert scan(tablet, code).status_code == 200


def test_a_manager_prints_it_once_and_revokes_it(front: Front) -> None:
    with front.as_person("chen") as manager, front.browser() as tablet:
        printed = manager.post("/admin/people/wang/badge")
        assert printed.headers["cache-control"] == "no-store"
        assert "Wang" in printed.text
        assert "<svg" in printed.text
        assert front.accounts.badges.holders(SHOP) == {"wang"}
        code = front.accounts.badges.make(SHOP, "wang")
        assert code not in manager.get("/admin/set-up").text
        scan(tablet, code)
        assert tablet.get("/who").json()["person"] == "wang"
        manager.post("/admin/people/wang/badge/revoke")
        assert tablet.get("/who").json()["person"] is None
        assert scan(tablet, code).status_code == 422
    told = [what for _, what, _ in front.notes() if what.startswith("badge")]
    assert told == ["badge_made", "badge_revoked"]


def test_only_managers_make_badges(front: Front) -> None:
    with front.as_person("wang") as wang:
        assert wang.post("/admin/people/wang/badge").status_code == 403
        assert wang.post("/admin/people/wang/badge/revoke").status_code == 403


def test_an_older_badge_opens_nothing(front: Front, code: str) -> None:
    newer = front.accounts.badges.make(SHOP, "wang")
    with front.browser() as tablet:
        assert scan(tablet, code).status_code == 422
        assert scan(tablet, newer).status_code == 200
