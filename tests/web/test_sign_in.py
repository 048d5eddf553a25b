"""Signing in with a password or a PIN, and out again."""

import logging
import re

import httpx
import pytest

from board.accounts_credentials import CredentialKind
from tests.web.front import PASSWORD, PIN, SHOP, Front

PASSWORD_KIND, PIN_KIND = CredentialKind.password, CredentialKind.pin


def form_token(client: httpx.Client, page: str = "/") -> str:
    """The CSRF token in the form of a page, as a browser would send it."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(page).text)
    assert found is not None
    return found[1]


def sign_in(client: httpx.Client, person: str, kind: str, secret: str) -> httpx.Response:
    """Fill in and send the form of the sign-in page."""
    page = "/?tablet" if kind == "pin" else "/"
    fields = {"csrf": form_token(client, page), "person": person, kind: secret}
    return client.post(f"/sign-in/{kind}", data=fields)


def test_a_password_opens_the_board(front: Front) -> None:
    front.give("li", PASSWORD_KIND, PASSWORD)
    with front.browser() as client:
        answer = sign_in(client, "Li", "password", PASSWORD)
        assert (answer.status_code, answer.headers["location"]) == (303, "/board")
        assert client.get("/").headers["location"] == "/board"
    assert ("person:li", "signed_in", "li") in front.notes()


def test_a_pin_opens_the_tablet_of_who_works_at_cars(front: Front) -> None:
    front.give("wang", PIN_KIND, PIN)
    with front.browser() as client:
        answer = sign_in(client, "wang", "pin", PIN)
        assert answer.headers["location"] == "/tablet"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(front: Front) -> None:
    front.give("li", PASSWORD_KIND, PASSWORD)
    with front.browser() as client:
        cookie = sign_in(client, "li", "password", PASSWORD).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie, "the shop is asked over http here"


def test_a_script_is_told_where_to_go(front: Front) -> None:
    front.give("wang", PIN_KIND, PIN)
    with front.browser() as client:
        body = {"csrf": form_token(client), "person": "wang", "pin": PIN}
        answer = client.post("/sign-in/pin", json=body)
        assert answer.json() == {"to": "/tablet"}


def test_a_wrong_password_says_no_more_than_that(front: Front) -> None:
    front.give("li", PASSWORD_KIND, PASSWORD)
    with front.browser() as client:
        wrong = sign_in(client, "li", "password", "wrong password")
        nobody = sign_in(client, "nobody", "password", PASSWORD)
    assert wrong.status_code == nobody.status_code == 422
    assert "Wrong name or password." in wrong.text
    assert "Wrong name or password." in nobody.text
    assert "baylight_session_http" not in wrong.headers.get("set-cookie", "")


def test_a_wrong_pin_tells_how_many_tries_are_left(front: Front) -> None:
    front.give("wang", PIN_KIND, PIN)
    with front.browser() as client:
        body = {"csrf": form_token(client), "person": "wang", "pin": "0000"}
        answer = client.post("/sign-in/pin", json=body)
    assert answer.status_code == 422
    assert answer.json()["code"] == "wrong_pin"
    assert answer.json()["message"] == "Wrong PIN. 4 tries left."


def test_five_wrong_tries_lock_the_name_for_a_quarter_of_an_hour(front: Front) -> None:
    front.give("wang", PIN_KIND, PIN)
    with front.browser() as client:
        answers = [sign_in(client, "wang", "pin", f"000{n}") for n in range(5)]
        assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 429]
        right = sign_in(client, "wang", "pin", PIN)
        assert right.status_code == 429
        assert 0 < int(right.headers["retry-after"]) <= 901
        front.clock.pass_by(902)
        assert sign_in(client, "wang", "pin", PIN).status_code == 303
    locks = [note for note in front.notes() if note[1] == "sign_in_locked"]
    assert locks == [("person:wang", "sign_in_locked", "wang")]


def test_one_address_may_not_try_all_day(front: Front) -> None:
    for _ in range(298):
        front.doors.limits.sign_in.take("127.0.0.1", front.clock().timestamp())
    with front.browser() as client:
        body = {"csrf": form_token(client), "person": "nobody", "pin": "0000"}
        answers = [client.post("/sign-in/pin", json=body).status_code for _ in range(3)]
    assert answers == [422, 422, 429]


@pytest.mark.parametrize("csrf", ["", "wrong", "é"])
def test_a_form_without_its_token_is_refused(front: Front, csrf: str) -> None:
    front.give("li", PASSWORD_KIND, PASSWORD)
    with front.browser() as client:
        form_token(client)
        fields = {"csrf": csrf, "person": "li", "password": PASSWORD}
        answer = client.post("/sign-in/password", data=fields)
    assert answer.status_code == 403


def test_a_token_without_its_cookie_is_refused(front: Front) -> None:
    front.give("li", PASSWORD_KIND, PASSWORD)
    with front.browser() as client, front.browser() as other:
        fields = {"csrf": form_token(client), "person": "li", "password": PASSWORD}
        assert other.post("/sign-in/password", data=fields).status_code == 403


def test_signing_out_ends_the_session_at_once(front: Front) -> None:
    with front.as_person("li") as client:
        kept = client.cookies["baylight_session_http"]
        assert client.post("/sign-out").status_code == 303
        client.cookies.set("baylight_session_http", kept)
        assert client.get("/who").json()["person"] is None
    assert len(front.ended) == 1
    assert ("person:li", "signed_out", "li") in front.notes()


def test_signing_out_needs_the_token(front: Front) -> None:
    with front.as_person("li") as client:
        client.headers["x-csrf-token"] = "wrong"
        assert client.post("/sign-out").status_code == 403
        assert client.get("/who").json()["person"] == "li"


def test_signing_in_again_ends_the_session_before(front: Front) -> None:
    front.give("wang", PIN_KIND, PIN)
    with front.as_person("li") as client:
        before = client.cookies["baylight_session_http"]
        body = {"person": "wang", "pin": PIN}
        assert client.post("/sign-in/pin", json=body).status_code == 200
        assert client.get("/who").json()["person"] == "wang"
    assert front.accounts.sessions.find(before) is None
    assert len(front.accounts.sessions.of_shop(SHOP)) == 1


def test_an_unused_session_is_over_after_twelve_hours(front: Front) -> None:
    with front.as_person("li") as client:
        front.clock.pass_by(12 * 3600 + 1)
        front.access.forget()
        assert client.get("/who").json()["person"] is None


def test_secrets_of_the_form_reach_no_log(front: Front, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    front.give("wang", PIN_KIND, "9876")
    with front.browser() as client:
        sign_in(client, "wang", "pin", "9876")
        token = client.cookies["baylight_session_http"]
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("http")]
    assert ours, "the server writes an access log"
    assert not [text for text in ours if "9876" in text or token in text]


def test_the_language_of_the_page_follows_the_browser_and_the_choice(front: Front) -> None:
    with front.browser() as client:
        assert client.get("/who").json()["language"] == "en"
        chinese = {"accept-language": "zh-CN,zh;q=0.9,en;q=0.5"}
        assert client.get("/who", headers=chinese).json()["language"] == "zh-Hans"
        fields = {"csrf": form_token(client), "language": "zh-Hans", "back": "//evil.example"}
        answer = client.post("/language", data=fields)
        assert answer.headers["location"] == "/", "only our own paths"
        assert client.get("/who").json()["language"] == "zh-Hans"
        assert client.post("/language", data={**fields, "language": "xx"}).status_code == 422
