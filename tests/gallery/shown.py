"""The gallery in a browser without any shop: its pages and our static files by address."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, ViewportSize

from board.languages import Languages
from displays.gallery import SAMPLES
from displays.gallery_pages import sample_page
from displays.gallery_sample import Sample
from displays.render import Renderer
from displays.tablet_pages import TOGETHER
from tests.e2e.running import ROOT

LANGUAGES = Languages(ROOT / "locales").available
EVERYTHING = "BAYLIGHT_EVERY_LANGUAGE" in os.environ
TURNS = [[tag] for tag in LANGUAGES] if EVERYTHING else [LANGUAGES]
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
    "ended": (360, 640),
    "unpaired": (1920, 1080),
}
"""The picture each audience is looked at in, by DESIGN."""
_BY_NAME = {sample.name: sample for sample in SAMPLES}
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@cache
def renderer() -> Renderer:
    """One that speaks every language we have."""
    return Renderer(ROOT / "templates", Languages(ROOT / "locales").translations)


class _Answers(BaseHTTPRequestHandler):
    """Pages of the gallery and static files, which a browser keeps from page to page."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A page in the language that is asked for, or a file."""
        asked = urlsplit(self.path)
        kind, body = _found(asked.path, parse_qs(asked.query).get("language", ["en"])[0])
        is_kept = asked.path.startswith("/static/")
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=3600" if is_kept else "no-store")
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        """A tablet says how it does; nobody asked."""
        self.close_connection = True
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@cache
def _found(path: str, language: str) -> tuple[str, bytes]:
    """What kind of thing stands at an address, and the thing; '' for nothing."""
    name = path.removeprefix("/gallery/")
    if name in _BY_NAME:
        html = sample_page(renderer(), _BY_NAME[name], language)
        return "text/html; charset=utf-8", html.encode()
    name = path.removeprefix("/static/")
    files = [ROOT / "static" / part for part in TOGETHER.get(name, (name,))]
    if name == path or not all(file.is_file() for file in files):
        return "", b""
    kind = _KINDS.get(files[0].suffix, "application/octet-stream")
    return kind, b"\n".join(file.read_bytes() for file in files)


@cache
def _address() -> str:
    """Where the gallery is answered for as long as this process runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


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
    try:
        yield context.new_page()
    finally:
        context.close()


def open_sample(page: Page, sample: Sample, language: str) -> None:
    """Open a page of the gallery."""
    page.goto(f"{_address()}/gallery/{sample.name}?language={language}", wait_until="load")
    page.locator("html[data-stands]").wait_for()


_SPEAK = """html => {
  const other = new DOMParser().parseFromString(html, 'text/html'), own = document.documentElement;
  const state = own.className;
  for (const {name, value} of other.documentElement.attributes) own.setAttribute(name, value);
  own.className = state;
  document.title = other.title;
  document.body.replaceWith(other.body);
}"""


def say_in(page: Page, sample: Sample, language: str) -> None:
    """Put the same page in another language where it stands: much cheaper than opening it."""
    page.evaluate(_SPEAK, sample_page(renderer(), sample, language))
