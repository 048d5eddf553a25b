"""A wall asks for its code once, then shows what it was paired for."""

from collections.abc import Iterator

import httpx
import pytest

from tests.displays.served import served
from workshop import Workshop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workshop, str]]:
    with served(tmp_path_factory.mktemp("walls") / "data") as running:
        yield running


def _screen(address: str, language: str = "en") -> httpx.Client:
    headers = {"accept-language": language, "origin": address}
    return httpx.Client(base_url=address, follow_redirects=True, headers=headers)


def _code(workshop: Workshop, audience: str, group: str = "") -> str:
    desk = workshop.first_desk
    return workshop.accounts.screens.make_code(desk.shop.id, audience, group, "en")


def test_a_new_screen_is_asked_for_its_code(shop: tuple[Workshop, str]) -> None:
    with _screen(shop[1]) as screen:
        page = screen.get("/tv")
    assert page.status_code == 200
    assert 'action="/screens/claim"' in page.text
    assert "data-socket" not in page.text, "no board data without a code"


def test_a_wrong_code_is_said_and_can_be_typed_again(shop: tuple[Workshop, str]) -> None:
    with _screen(shop[1]) as screen:
        page = screen.post("/screens/claim", data={"code": "ABCDEFGH", "back": "/tv"})
    assert "This code is wrong or too old." in page.text
    assert 'action="/screens/claim"' in page.text


@pytest.mark.parametrize("audience", ["tv", "lounge"])
def test_a_code_turns_a_browser_into_a_wall(shop: tuple[Workshop, str], audience: str) -> None:
    workshop, address = shop
    with _screen(address) as screen:
        code = _code(workshop, audience)
        page = screen.post("/screens/claim", data={"code": code, "back": f"/{audience}"})
    assert page.url.path == f"/{audience}"
    assert f'data-socket="/live/{audience}"' in page.text
    assert 'id="foot"' in page.text


def test_a_lounge_screen_never_opens_the_workshop_tv(shop: tuple[Workshop, str]) -> None:
    workshop, address = shop
    with _screen(address) as screen:
        screen.post("/screens/claim", data={"code": _code(workshop, "lounge"), "back": "/lounge"})
        page = screen.get("/tv")
    assert page.url.path == "/lounge"


def test_the_look_can_be_chosen_by_the_address(shop: tuple[Workshop, str]) -> None:
    workshop, address = shop
    with _screen(address) as screen:
        screen.post("/screens/claim", data={"code": _code(workshop, "tv"), "back": "/tv"})
        assert 'class="theme-andon"' in screen.get("/tv?theme=andon").text
        assert 'class=""' in screen.get("/tv?theme=%22onload").text
