"""Who goes to an address in vain gets a whole page and a way on; a piece of a page gets a piece."""

import httpx
import pytest

from tests.web.front import PASSWORD, SHOP, Front
from tests.web.test_welcome import use

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "en"}


def assert_is_page(answer: httpx.Response, status: int, sentence: str) -> None:
    """A styled page that says the sentence and leads to the first page."""
    assert answer.status_code == status
    assert sentence in answer.text
    assert answer.text.lstrip().startswith("<!doctype html>")
    assert "/static/sign_in.css" in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.parametrize("mode", [{}, {"sec-fetch-mode": "navigate"}])
def test_an_address_there_is_not_is_told_on_a_page(steady: Front, mode: dict[str, str]) -> None:
    with steady.browser() as client:
        answer = client.get("/nowhere", headers={**BROWSER, **mode})
    assert_is_page(answer, 404, "This page does not exist.")


def test_a_page_in_vain_speaks_the_browsers_language(steady: Front) -> None:
    with steady.browser() as client:
        answer = client.get("/nowhere", headers={**BROWSER, "accept-language": "zh-CN"})
    assert 'lang="zh-Hans"' in answer.text


def test_a_used_link_is_told_on_a_page(front: Front) -> None:
    link = "/welcome/" + front.accounts.tokens.make_link(SHOP, "li")
    with front.browser() as client:
        assert use(client, link, password=PASSWORD).status_code == 303
        answer = client.get(link, headers=BROWSER)
    assert_is_page(answer, 404, "This link was already used or is too old.")


def test_a_page_for_managers_tells_others_on_a_page(steady: Front) -> None:
    with steady.as_person("li") as li:
        answer = li.get("/admin/set-up", headers=BROWSER)
    assert_is_page(answer, 403, "Your role does not allow this.")


@pytest.mark.parametrize(
    "headers",
    [
        {**BROWSER, "hx-request": "true"},
        {**BROWSER, "sec-fetch-mode": "cors"},
        {"accept": "*/*"},
    ],
)
def test_what_asks_for_a_piece_gets_a_piece(steady: Front, headers: dict[str, str]) -> None:
    with steady.browser() as client:
        answer = client.get("/nowhere", headers=headers)
    assert answer.status_code == 404
    assert answer.text.startswith('<div class="refusal"')


def test_a_program_gets_json(steady: Front) -> None:
    with steady.browser() as client:
        answer = client.get("/nowhere", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_who_looks_for_an_icon_is_led_to_it(steady: Front) -> None:
    with steady.browser() as client:
        answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["location"]) == (308, "/static/icon.svg")
