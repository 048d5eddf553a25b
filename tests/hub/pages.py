"""Pages as templates would make them, small enough to see through: rendered from the hub."""

import re
from html import escape

from playwright.sync_api import Browser, Page

from displays.frames import milliseconds
from displays.render import slot, standings
from tests.hub.live_server import BOARD, NOON, LiveServer

WORDS = {
    "left": "{} left",
    "over": "late {}",
    "minutes": "{} min",
    "age": "{} old",
    "stale": "stopped at {}",
    "revoked": "no longer allowed",
}
SECOND = round(NOON.timestamp())


def order(key: str, *ids: str) -> str:
    """An order region: ids only."""
    listed = " ".join(ids)
    return f'<div id="{key}" data-r data-order="{listed}"></div>'


def stack(key: str) -> str:
    """A region in which cards stand by themselves."""
    return f'<div id="{key}" data-r data-sorted></div>'


def card(key: str, text: str, more: str = "") -> str:
    """A card region."""
    return f'<article id="{key}" data-r {more}>{escape(text)}</article>'


def html(server: LiveServer, script: str, **attributes: str) -> str:
    """The whole page: every order with its members inside, as the hub shows it now."""
    shown = server.do(lambda: server.hub.shown(BOARD))
    told = {
        "boot": shown.boot,
        "rev": str(shown.rev),
        "at": str(milliseconds(NOON)),
        "rate": "1",
        "zone": "480",
        "build": server.hub.build,
        "socket": "/live?session=s",
        **{f"word-{name}": text for name, text in WORDS.items()},
        **attributes,
    }
    marks = " ".join(f'data-{name}="{escape(text)}"' for name, text in told.items())
    standing = {key for members in standings(shown.regions).values() for key in members}
    inside = {key for text in shown.regions.values() for key in _members(text)} | standing
    main = "".join(slot(shown.regions, key) for key in shown.regions if key not in inside)
    scripts = "".join(f'<script src="/static/{name}" defer></script>' for name in script.split())
    notice = '<p id="age"></p><p id="notice"><small data-say></small></p>'
    furniture = notice + '<b class="head-clock"></b><i data-page></i>'
    return f"<!doctype html><html><head>{scripts}</head><body {marks}>{furniture}{main}</body>"


def _members(text: str) -> list[str]:
    found = re.search(r'data-order="([^"]*)"', text)
    return found.group(1).split() if found else []


def open_page(browser: Browser, server: LiveServer, script: str, **attributes: str) -> Page:
    """A page of its own context; with `still` time stands until the test moves it. `early` is
    script that runs before the page's own.
    """
    still, early = attributes.pop("still", ""), attributes.pop("early", "")
    server.page = html(server, script, **attributes)
    page = browser.new_context().new_page()
    if still:
        page.clock.install()
    if early:
        page.add_init_script(early)
    page.goto(f"http://127.0.0.1:{server.port}/page")
    return page


def texts(page: Page, lane: str) -> list[str]:
    """The texts of a lane's cards, from top to bottom."""
    return page.locator(f"#{lane} > [data-r]").all_inner_texts()


def passing(page: Page) -> bool:
    """Let a tenth of a second pass beside real time; always true, for use in waits.

    Much faster a page would give up a dial, after its twelve seconds, before its server answers.
    """
    page.clock.run_for(100)
    return True
