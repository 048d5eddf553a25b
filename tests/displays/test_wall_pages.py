"""A wall asks for its code once, then shows what it was paired for."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from board.clock import real_now
from board.web.security import policy
from displays.wall_pages import WALLS
from tests.displays.served import served
from tests.displays.walls import TEMPLATES
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


def test_a_new_screen_shows_a_code_of_its_own_and_a_picture_of_it_without_its_token(
    shop: tuple[Workshop, str],
) -> None:
    with _screen(shop[1]) as screen:
        page, again = screen.get("/tv"), screen.get("/tv")
        token = screen.cookies["baylight_waiting_tv_http"]
    code = re.search(r'id="code">([A-Z]{4}-[A-Z]{4})<', page.text)
    assert code is not None
    assert 'class="qr"' in page.text
    assert code[0] in again.text, "the letters stay while they are typed elsewhere"
    assert token not in page.text
    assert page.headers["cache-control"] == "no-store"


def test_an_address_that_opens_pages_without_end_gets_no_more_codes_and_can_still_type_one(
    shop: tuple[Workshop, str],
) -> None:
    workshop, address = shop
    unpaired = workshop.doors.limits.unpaired
    try:
        while not unpaired.take("127.0.0.1", real_now().timestamp()):
            pass
        with _screen(address) as screen:
            page = screen.get("/tv")
            assert 'id="code"' not in page.text
            assert "baylight_waiting_tv_http" not in screen.cookies
            code = _code(workshop, "tv")
            wall = screen.post("/screens/claim", data={"code": code, "back": "/tv"})
            assert "data-socket" in wall.text
    finally:
        unpaired.forget("127.0.0.1")


def test_a_moved_screen_is_sent_on_from_its_old_page(shop: tuple[Workshop, str]) -> None:
    workshop, address = shop
    with _screen(address) as screen:
        screen.post("/screens/claim", data={"code": _code(workshop, "tv"), "back": "/tv"})
        made = workshop.accounts.screens.of_shop(workshop.first_desk.shop.id)[0]
        workshop.accounts.screens.change(made.shop_id, made.id, made.name, "lounge", made.look)
        workshop.access.forget()
        page = screen.get("/tv")
        assert page.url.path == "/lounge"
        assert 'data-socket="/live/lounge?look=' in page.text
        assert screen.get("/lounge").text.count("data-socket") == 1


def test_a_wrong_code_is_said_and_can_be_typed_again(shop: tuple[Workshop, str]) -> None:
    with _screen(shop[1]) as screen:
        page = screen.post("/screens/claim", data={"code": "ABCDEFGH", "back": "/tv"})
    assert "This code is wrong or too old." in page.text
    assert 'action="/screens/claim"' in page.text


@pytest.mark.parametrize(("path", "audience"), [(at, wall) for at, (wall, _) in WALLS.items()])
def test_a_code_turns_a_browser_into_a_wall(
    shop: tuple[Workshop, str], path: str, audience: str
) -> None:
    workshop, address = shop
    with _screen(address) as screen:
        code = _code(workshop, audience)
        page = screen.post("/screens/claim", data={"code": code, "back": path})
    assert page.url.path == path
    assert f'data-socket="/live/{audience}?look=' in page.text
    assert 'id="foot"' in page.text


def test_a_lounge_screen_is_asked_for_a_code_of_its_own_at_the_workshop_tv(
    shop: tuple[Workshop, str],
) -> None:
    workshop, address = shop
    with _screen(address) as screen:
        screen.post("/screens/claim", data={"code": _code(workshop, "lounge"), "back": "/lounge"})
        page = screen.get("/tv")
    assert page.url.path == "/tv"
    assert 'action="/screens/claim"' in page.text
    assert "data-socket" not in page.text, "no board data without a code"


def test_one_browser_is_every_wall_in_its_windows(shop: tuple[Workshop, str]) -> None:
    workshop, address = shop
    with _screen(address) as screen:
        for path, (wall, _) in WALLS.items():
            screen.post("/screens/claim", data={"code": _code(workshop, wall), "back": path})
        pages = {wall: screen.get(path).text for path, (wall, _) in WALLS.items()}
    assert all(f'data-socket="/live/{wall}?look=' in page for wall, page in pages.items())


def test_the_look_outlasts_wrong_code_and_pairing(shop: tuple[Workshop, str]) -> None:
    workshop, address = shop
    with _screen(address) as screen:
        back = _back(screen.get("/tv?theme=andon&group=b1&refused=x&other=1").text)
        assert back == "/tv?theme=andon&group=b1"
        page = screen.post("/screens/claim", data={"code": "ABCDEFGH", "back": back})
        assert "This code is wrong" in page.text
        assert _back(page.text) == back
        page = screen.post("/screens/claim", data={"code": _code(workshop, "tv"), "back": back})
    assert 'class="theme-andon ' in page.text
    assert "data-socket" in page.text


def _back(page: str) -> str:
    found = re.search(r'name="back" value="([^"]+)"', page)
    assert found, page
    return unescape(found[1])


def test_after_too_many_wrong_codes_the_wall_says_to_wait(tmp_path: Path) -> None:
    with served(tmp_path / "data") as (_, address), _screen(address) as screen:
        wrong = {"code": "ABCDEFGH", "back": "/lounge"}
        pages = [screen.post("/screens/claim", data=wrong).text for _ in range(6)]
    assert "This code is wrong" in pages[4]
    assert "Too many wrong codes. Please wait some minutes." in pages[5]
    assert 'action="/screens/claim"' in pages[5]


def test_the_look_can_be_chosen_by_the_address(shop: tuple[Workshop, str]) -> None:
    workshop, address = shop
    with _screen(address) as screen:
        screen.post("/screens/claim", data={"code": _code(workshop, "tv"), "back": "/tv"})
        assert 'class="theme-andon ' in screen.get("/tv?theme=andon").text
        assert 'class="rows-6 ' in screen.get("/tv?theme=%22onload").text


def test_a_screen_says_its_name_in_its_foot(shop: tuple[Workshop, str]) -> None:
    workshop, address = shop
    with _screen(address) as screen:
        claim = {"code": _code(workshop, "tv"), "name": "Hall east", "back": "/tv"}
        page = screen.post("/screens/claim", data=claim)
    assert '<span class="foot-name">Hall east</span>' in page.text


def test_screens_without_a_name_are_numbered_by_what_they_show(tmp_path: Path) -> None:
    with served(tmp_path / "data") as (workshop, address):
        names = [_name_on_the_wall(workshop, address, wall) for wall in ("tv", "lounge", "tv")]
        newest = workshop.accounts.screens.of_shop(workshop.first_desk.shop.id)[0]
        workshop.accounts.screens.revoke(newest.shop_id, newest.id)
        names.append(_name_on_the_wall(workshop, address, "tv"))
    assert names == ["TV-01", "LOUNGE-01", "TV-02", "TV-03"], "a revoked name is not used again"


def _name_on_the_wall(workshop: Workshop, address: str, audience: str) -> str:
    with _screen(address) as screen:
        claim = {"code": _code(workshop, audience), "back": f"/{audience}"}
        page = screen.post("/screens/claim", data=claim)
    found = re.search(r'class="foot-name">([A-Z]+-[0-9]+)</span>', page.text)
    assert found, page.text
    return found[1]


def test_old_engines_are_told_which_sockets_a_page_may_open(shop: tuple[Workshop, str]) -> None:
    address = shop[1]
    host = address.removeprefix("http://")
    with _screen(address) as screen:
        said = screen.get("/tv").headers["content-security-policy"]
    assert f"connect-src 'self' ws://{host} wss://{host};" in said


@pytest.mark.parametrize("host", ["shop.example", "10.0.0.7:8000", "[fe80::1]:8000", "a-b.c"])
def test_the_sockets_of_a_plain_host_are_named(host: str) -> None:
    assert f"connect-src 'self' ws://{host} wss://{host};" in policy(host)


@pytest.mark.parametrize(
    "host", ["", "a b", "a;script-src *", "a'", "a/b", "a,b", "a\n", "*", "x" * 256]
)
def test_a_host_that_could_write_policy_is_left_out(host: str) -> None:
    assert "connect-src 'self'; font-src" in policy(host)


def test_files_are_kept_for_ever_only_under_their_build(shop: tuple[Workshop, str]) -> None:
    with _screen(shop[1]) as screen:
        page = screen.get("/tv").text
        linked = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
        kept = [screen.get(link).headers["cache-control"] for link in linked]
        bare = screen.get("/static/wall.css").headers["cache-control"]
        unnamed = screen.get("/static/wall.css?v=").headers["cache-control"]
    assert len(linked) >= 2
    assert all("immutable" in how for how in kept), kept
    assert (bare, unnamed) == ("no-cache", "no-cache")


def test_every_template_links_files_by_their_build() -> None:
    pages = [page.read_text() for page in TEMPLATES.rglob("*.html")]
    links = [link for page in pages for link in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)]
    assert links
    named = re.compile(r"\?v=\{\{ (facts\.)?build \}\}$")
    assert [link for link in links if not named.search(link)] == []


def test_every_page_has_an_icon() -> None:
    heads = [text for page in TEMPLATES.rglob("*.html") if "<head>" in (text := page.read_text())]
    assert len(heads) >= 6
    assert [
        head[:200] for head in heads if '<link rel="icon" href="/static/icon.svg' not in head
    ] == []
