"""Pages as the server would send them, opened in the real browser at a tablet's size."""

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from pathlib import Path
from types import SimpleNamespace

from playwright.sync_api import Browser, Page, Route

from board.core.indirect import known_codes
from displays.defect_words import defect_word
from displays.render import PageFacts, Renderer
from displays.tablet_pages import TOGETHER
from displays.views.tablet import TabletProjection
from tests.tablet_page.floor import Floor

ROOT = Path(__file__).parents[2]
ORIGIN = "http://tablet.test"
KINDS = {".css": "text/css", ".js": "text/javascript"}

Target = tuple[str, int, int]
"""What a button says, its width and height in px."""

_TARGETS = """() => [...document.querySelectorAll('button, a, input, select')]
  .map((each) => [each, each.getBoundingClientRect()])
  .filter(([each, box]) => {
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return box.width > 1 && box.height > 1 && top && each.contains(top);
  })
  .map(([each, box]) => [each.innerText.trim(), Math.round(box.width), Math.round(box.height)])"""

CODES = tuple(known_codes(None).items())


def renderer() -> Renderer:
    """The project's templates, speaking as they are written."""
    return Renderer(ROOT / "templates", lambda _language: NullTranslations())


def tablet_html(floor: Floor, holder: str) -> str:
    """The page of a holder's tablet."""
    render = renderer()
    views = TabletProjection(holder).project(floor.shop, floor.now)
    facts = PageFacts(
        audience="tablet",
        boot="boot",
        rev=1,
        epoch="epoch",
        seq=floor.shop.seq,
        at_ms=int(floor.now.timestamp() * 1000),
        rate=1.0,
        zone_minutes=480,
        socket="/live/tablet",
        build="build",
        regions={key: render.region(key, view, "en") for key, view in views.items()},
    )
    signed = SimpleNamespace(
        csrf="token", actor=floor.actor(holder), person_id=holder, session="session"
    )
    defects = defect_word(floor.shop)
    return render.page("tablet/page.html", "en", facts, signed=signed, defects=defects, codes=CODES)


@contextmanager
def opened(browser: Browser, html: str, before: str = "") -> Iterator[Page]:
    """The page at 1280 x 800, with the project's own styles and scripts and nothing else.

    `before`: a script that runs before those of the page.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    context.add_init_script(before)

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif parts := TOGETHER.get(path.removeprefix("/static/")):
            text = "\n".join((ROOT / "static" / part).read_text() for part in parts)
            route.fulfill(body=text, content_type=KINDS[Path(path).suffix])
        elif not (file := ROOT / path.lstrip("/")).is_file():
            route.fulfill(status=404)
        else:
            route.fulfill(path=file, content_type=KINDS.get(file.suffix, "text/plain"))

    context.route(f"{ORIGIN}/**", answer)
    page = context.new_page()
    page.goto(ORIGIN + "/")
    yield page
    context.close()


def targets(page: Page) -> list[Target]:
    """Everything that can be tapped now: not hidden, not covered."""
    found: list[Target] = page.evaluate(_TARGETS)
    return [(text, width, height) for text, width, height in found]
