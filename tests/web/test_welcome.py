"""The link of a first sign-in: looked at freely, used once."""

import logging

import httpx
import pytest

from board.web.access_log import SecretsMasked, masked
from tests.web.front import PASSWORD, SHOP, Front
from tests.web.test_sign_in import form_token, sign_in


def use(client: httpx.Client, link: str, **fields: str) -> httpx.Response:
    """Fill in and send the form of a link."""
    chosen = {"password": PASSWORD, "again": PASSWORD, **fields}
    return client.post(link, data={"csrf": form_token(client, link), **chosen})


@pytest.fixture
def link(front: Front) -> str:
    """A link for Li."""
    return "/welcome/" + front.accounts.tokens.make_link(SHOP, "li")


def test_a_link_lets_in_and_keeps_password_and_pin(front: Front, link: str) -> None:
    with front.browser() as client:
        answer = use(client, link, pin="2580")
        assert (answer.status_code, answer.headers["location"]) == (303, "/board")
        assert client.get("/who").json()["person"] == "li"
    with front.browser() as other:
        assert sign_in(other, "li", "password", PASSWORD).status_code == 303
    what = [note[1] for note in front.notes() if note[0] == "person:li"]
    assert what == ["pin_set", "password_set", "signed_in", "signed_in"]


def test_looking_does_not_use_it_up(front: Front, link: str) -> None:
    with front.browser() as client:
        assert [client.get(link).status_code for _ in range(3)] == [200, 200, 200]
        assert "Li" in client.get(link).text


def test_it_works_once(front: Front, link: str) -> None:
    with front.browser() as client, front.browser() as other:
        token = form_token(other, link)
        assert use(client, link).status_code == 303
        again = {"csrf": token, "password": "another one", "again": "another one"}
        assert other.post(link, data=again).status_code == 404
        assert other.get(link).status_code == 404


def test_it_is_too_old_after_a_week(front: Front, link: str) -> None:
    front.clock.pass_by(7 * 86400 + 1)
    with front.browser() as client:
        assert client.get(link).status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"password": "short", "again": "short"}, "at least 8 characters"),
        ({"again": "something else"}, "not the same"),
        ({"pin": "12"}, "4 digits"),
        ({"pin": "abcd"}, "4 digits"),
    ],
)
def test_a_mistake_leaves_it_usable(
    front: Front, link: str, fields: dict[str, str], sentence: str
) -> None:
    with front.browser() as client:
        answer = use(client, link, **fields)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert use(client, link).status_code == 303


def test_it_needs_the_form_s_own_token(front: Front, link: str) -> None:
    with front.browser() as client:
        client.get(link)
        fields = {"password": PASSWORD, "again": PASSWORD}
        assert client.post(link, data=fields).status_code == 403


def test_a_made_up_link_is_not_found(front: Front) -> None:
    with front.browser() as client:
        assert client.get("/welcome/made-up").status_code == 404


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("/welcome/abc_DEF-123", "/welcome/***"),
        ("GET /hooks/plates/secret?x=1 HTTP/1.1", "GET /hooks/plates/***?x=1 HTTP/1.1"),
        ("/track/abc", "/track/***"),
        ("/live/tv?token=abc&rev=1", "/live/tv?token=***&rev=1"),
        ("/board?lane=work", "/board?lane=work"),
    ],
)
def test_the_access_log_hides_what_is_secret(line: str, written: str) -> None:
    assert masked(line) == written
    record = logging.LogRecord("uvicorn.access", 20, "", 0, '%s - "%s"', ("1.2.3.4", line), None)
    assert SecretsMasked().filter(record)
    assert record.getMessage() == f'1.2.3.4 - "{written}"'
