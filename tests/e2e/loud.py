"""A screen that may be loud, in a browser that tells what it played; and an engine of our own."""

import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.e2e.running import RunningShop
from tests.e2e.watching import Visitor

ENGINE = """
import sys, wave
said = sys.stdin.read().strip()
open(sys.argv[1], "a").write(sys.argv[2] + " " + said + "\\n")
with wave.open(sys.stdout.buffer, "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(22050)
    file.writeframes(bytes(2000))
"""
_LISTEN = """
window.played = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  window.played.push(new URL(this.src).pathname.split('/').pop());
  return play.call(this);
};
"""


def engine(folder: Path) -> str:
    """The command of an engine that is silent at once and writes what it was asked to say."""
    program = folder / "engine.py"
    program.write_text(ENGINE)
    return f"{sys.executable} {program} {folder / 'said.txt'} {{language}}"


def said(folder: Path) -> list[str]:
    """What the engine was asked to say, in order."""
    kept = folder / "said.txt"
    return kept.read_text().splitlines() if kept.exists() else []


def loud_wall(
    browser: Browser, shop: RunningShop, keeper: Visitor, audience: str, **look: str
) -> Page:
    """A paired screen that is set to sound, opened anew, so that nobody has touched its page."""
    before = screens(keeper)[0]
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="en-GB")
    context.add_init_script(_LISTEN)
    pairing = context.new_page()
    pairing.goto(f"{shop.url}/{audience}")
    pairing.fill("input[name=code]", shop.screen_code(audience))
    pairing.keyboard.press("Enter")
    pairing.wait_for_selector("[data-boot]")
    pairing.close()
    turn_up(keeper, before, audience, **look)
    page = context.new_page()
    page.goto(f"{shop.url}/{audience}")
    return page


def turn_up(keeper: Visitor, before: set[str], audience: str, **look: str) -> None:
    """Set the one screen that was not there before to sound."""
    after, csrf = screens(keeper)
    [number] = after - before
    form = {"audience": audience, "language": "en", "sound": "on", "csrf": csrf, **look}
    status, body = keeper.request("POST", f"/admin/screens/{number}/look", form)
    assert status == 303, body


def screens(keeper: Visitor) -> tuple[set[str], str]:
    """The ids of all screens, and the token of the page's forms."""
    page = keeper.request("GET", "/admin/screens")[1]
    csrf = re.search(r'name="csrf"[^>]*value="([^"]+)"', page)
    return set(re.findall(r'data-screen-id="([^"]+)"', page)), csrf[1] if csrf else ""


def played(page: Page) -> list[str]:
    """The names of all sounds the page has begun to play."""
    found: list[str] = page.evaluate("window.played")
    return found


def make_ready(shop: RunningShop, plate: str) -> str:
    """A car that has come through everything and can be fetched; its job's id."""
    job = shop.receive(plate)
    shop.do("dispatch_job", job=job, bay="1", technicians=["tom"])
    shop.do("start_line", job=job, technician="tom")
    shop.do("finish_line", job=job, technician="tom")
    for _ in range(3):
        shop.do("pass_check", job=job, reason="test")
    for state in ("washing", "awaiting_settlement", "ready"):
        shop.do("move_job", job=job, to=state)
    return job
