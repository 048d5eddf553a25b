"""Pages and files come packed, and their lengths tell nothing of the token in them."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from board.web.csrf import same, session_csrf
from displays.tablet_pages import TOGETHER
from tests.displays.served import served
from workshop import Workshop

STATIC = Path(__file__).parents[2] / "static"


@pytest.fixture(scope="module")
def wall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A browser that is paired as the workshop TV."""
    folder = tmp_path_factory.mktemp("packed") / "data"
    with served(folder) as (workshop, address), httpx.Client(base_url=address) as client:
        form = {"code": _code(workshop), "back": "/tv"}
        client.post("/screens/claim", data=form, headers={"origin": address})
        yield client


def _code(workshop: Workshop) -> str:
    return workshop.accounts.screens.make_code(workshop.first_desk.shop.id, "tv", "", "en")


def _raw(client: httpx.Client, path: str, offer: str) -> tuple[httpx.Response, bytes]:
    with client.stream("GET", path, headers={"accept-encoding": offer}) as answer:
        return answer, b"".join(answer.iter_raw())


def test_a_page_is_packed_for_who_can_unpack_it(wall: httpx.Client) -> None:
    packed, body = _raw(wall, "/tv", "gzip, deflate, br")
    plain, text = _raw(wall, "/tv", "identity")
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert len(body) * 2 < len(text)
    assert b"</html>" in gzip.decompress(body)


@pytest.mark.parametrize("offer", ["", "br", "gzip;q=0", "GZIP ; q=0.000", "x-gzip"])
def test_who_cannot_unpack_gets_plain_text(wall: httpx.Client, offer: str) -> None:
    for path in ("/tv", "/static/wall.css"):
        assert "content-encoding" not in _raw(wall, path, offer)[0].headers


@pytest.mark.parametrize("name", ["wall.js", "desk.css", "icon.svg", "vendor/htmx.min.js"])
def test_a_file_is_the_same_packed_and_plain(wall: httpx.Client, name: str) -> None:
    packed, body = _raw(wall, f"/static/{name}", "gzip")
    plain, text = _raw(wall, f"/static/{name}", "")
    assert gzip.decompress(body) == text == (STATIC / name).read_bytes()
    assert packed.headers["content-type"] == plain.headers["content-type"]
    assert packed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize("name", TOGETHER)
def test_what_a_tablet_is_made_of_comes_as_one_file_of_each_kind(
    wall: httpx.Client, name: str
) -> None:
    parts = [(STATIC / part).read_bytes() for part in TOGETHER[name]]
    packed, body = _raw(wall, f"/static/{name}", "gzip")
    assert gzip.decompress(body) == b"\n".join(parts)
    assert packed.headers["content-type"].startswith(("text/css", "text/javascript"))
    text = (STATIC.parent / "templates/tablet/page.html").read_text()
    assert re.findall(r"/static/(\w+\.(?:css|js))\?", text) == list(TOGETHER)


def test_a_file_that_a_browser_has_is_not_sent_again(wall: httpx.Client) -> None:
    for offer in ("gzip", ""):
        mark = _raw(wall, "/static/tv.css", offer)[0].headers["etag"]
        again = wall.get("/static/tv.css", headers={"if-none-match": f'"other", {mark}'})
        assert (again.status_code, again.content) == (304, b"")
    assert wall.get("/static/tv.css", headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "name", ["", "nothing.js", "../workshop.py", "%2e%2e/workshop.py", "vendor"]
)
def test_nothing_but_the_files_of_the_folder_is_sent(wall: httpx.Client, name: str) -> None:
    assert wall.get(f"/static/{name}").status_code == 404


def test_no_two_pages_carry_the_same_text_for_their_token() -> None:
    """Without the mask in csrf.py a stranger who watches lengths could guess it sign by sign."""
    written = {session_csrf(b"secret", "session") for _ in range(20)}
    assert len(written) == 20
    first = written.pop()
    assert all(same(each, first) for each in written)
    for wrong in ("", "é", first[:-4], first + "AAAA", session_csrf(b"secret", "other")):
        assert not same(wrong, first)
    assert not same("", "")
