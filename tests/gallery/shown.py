"""The gallery in a browser without any server: its pages and our static files by address."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, Route, ViewportSize

from board.languages import Languages
from displays.gallery import SAMPLES, Sample
from displays.gallery_pages import HEADERS, sample_page
from displays.render import Renderer
from tests.e2e.running import ROOT

HOST = "http://gallery.example"
LANGUAGES = Languages(ROOT / "locales").available
TURNS = [[tag] for tag in LANGUAGES] if "BAYLIGHT_EVERY_LANGUAGE" in os.environ else [LANGUAGES]
"""Languages that take turns from page to page. Where all pages are shown in each (`make audit`),
there is one turn for each.
"""
SIZES = {
    "tv": (1920, 1080),
    "overview": (1920, 1080),
    "lounge": (1920, 1080),
    "queue": (1920, 1080),
    "arrivals": (1920, 1080),
    "board": (1366, 768),
    "desk": (1366, 768),
    "tablet": (1280, 800),
    "phone": (360, 640),
}
"""The picture each audience is looked at in, by DESIGN."""
_BY_NAME = {sample.name: sample for sample in SAMPLES}
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@cache
def renderer() -> Renderer:
    """One that speaks every language we have."""
    return Renderer(ROOT / "templates", Languages(ROOT / "locales").translations)


def _answer(route: Route) -> None:
    asked = urlsplit(route.request.url)
    if asked.path.startswith("/static/"):
        file = ROOT / asked.path.removeprefix("/")
        kind = _KINDS.get(file.suffix, "application/octet-stream")
        route.fulfill(body=file.read_bytes(), content_type=kind)
    elif asked.path.startswith("/gallery/"):
        sample = _BY_NAME[asked.path.removeprefix("/gallery/")]
        html = sample_page(renderer(), sample, parse_qs(asked.query)["language"][0])
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=dict(HEADERS))
    else:
        route.abort()


@contextmanager
def gallery(browser: Browser, audience: str, *, dark: bool = False) -> Iterator[Page]:
    """A page in which pages of the gallery open, as large as the audience's screens are.

    Its policy is passed over, so that a test may measure by scripts of its own.
    """
    width, height = SIZES[audience]
    context = browser.new_context(
        viewport=ViewportSize(width=width, height=height),
        bypass_csp=True,
        reduced_motion="reduce",
        color_scheme="dark" if dark else "light",
        timezone_id="Asia/Shanghai",
    )
    context.route("**/*", _answer)
    try:
        yield context.new_page()
    finally:
        context.close()


def open_sample(page: Page, sample: Sample, language: str) -> None:
    """Open a page of the gallery."""
    page.goto(f"{HOST}/gallery/{sample.name}?language={language}", wait_until="load")
