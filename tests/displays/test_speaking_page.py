"""A wall's script says each round of a call once, one call after the other, and knows its hours."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from board.screen_look import ScreenLook
from displays.views.lounge import LoungeProjection
from displays.views.parts import View
from displays.views.speech import Announcement, Speaking
from displays.views.tv import TvProjection
from tests.displays.glyphs import cut_off, glyphs, unsafe
from tests.displays.lounge_pages import FOOT
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import collisions, ink, open_wall, wall_html

SOON = int(NOW.timestamp()) + 5
LOUD = ScreenLook(sound=True)
SIZE = (1920, 1080)
A17 = Announcement("ready-A17-1", 1, SOON, "ready", "A17")
A18 = replace(A17, key="ready-A18-1", at=SOON + 1, of="A18")
HELP = Announcement("call-b3-1", 1, SOON, "call-parts", "3", times=1)

_LISTEN = """() => {
  window.played = [];
  HTMLMediaElement.prototype.play = function () {
    const name = new URL(this.src).pathname.split('/').pop();
    window.played.push(name.length > 30 ? name.slice(0, 4) : name);
    setTimeout(() => this.onended(), 1000);
    return Promise.resolve();
  };
}"""


def _open(browser: Browser, calls: tuple[Announcement, ...], **more: object) -> Page:
    """A wall that speaks, at SAMPLE's moment, on a clock that the test moves."""
    audience = str(more.pop("audience", "lounge"))
    html = _html(audience, calls, **{"look": LOUD, **more})
    return _opened(browser, html)


def _opened(browser: Browser, html: str) -> Page:
    return open_wall(browser, html, SIZE, still=True, script=f"({_LISTEN})()")


def _html(audience: str, calls: tuple[Announcement, ...], **more: object) -> str:
    wall = TvProjection() if audience == "tv" else LoungeProjection()
    views: Mapping[str, View] = Speaking(wall, lambda _shop, _now: calls).project(SAMPLE, NOW)
    return wall_html(audience, "en", views, **more)


def _played(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.played")
    return found


def _mark(page: Page, key: str) -> str:
    return str(page.get_attribute(f"[data-call='{key}']", "data-sounds"))[:4]


def test_calls_follow_each_other_twice_after_a_chime(browser: Browser) -> None:
    page = _open(browser, (A17, A18))
    first, second = _mark(page, A17.key), _mark(page, A18.key)
    page.clock.run_for(20_000)
    spoken = ["chime.wav", first, first, "chime.wav", second, second]
    assert _played(page) == ["silence.wav", *spoken]
    page.context.close()


def test_each_round_is_said_once_and_ends_when_the_call_is_gone(browser: Browser) -> None:
    page = _open(browser, (A17,))
    first = _mark(page, A17.key)
    page.clock.run_for(8_000)
    assert _played(page) == ["silence.wav", "chime.wav", first, first]
    page.evaluate("document.querySelector('#speech li').dataset.turn = 2")
    page.clock.run_for(2_700)
    page.evaluate("document.getElementById('speech').textContent = ''")
    page.clock.run_for(10_000)
    assert _played(page)[4:] == ["chime.wav", first], "handed over in the middle of a round"
    page.context.close()


def test_a_round_that_is_cut_short_is_said_anew_when_the_screen_may_speak_again(
    browser: Browser,
) -> None:
    page = _open(browser, (A17,))
    first = _mark(page, A17.key)
    page.clock.run_for(1_800)
    hours = page.evaluate("document.body.dataset.closes")
    page.evaluate("Object.assign(document.body.dataset, {opens: 600, closes: 840})")
    page.clock.run_for(5_000)
    cut = _played(page)
    assert "chime.wav" in cut
    assert cut.count(first) < 2
    page.evaluate("(closes) => document.body.dataset.closes = closes", hours)
    page.clock.run_for(8_000)
    assert _played(page)[len(cut) :] == ["chime.wav", first, first]
    page.context.close()


def test_of_many_calls_each_is_said_before_any_is_repeated_and_none_that_ended_while_it_waited(
    browser: Browser,
) -> None:
    crowd = [
        replace(A17, key=f"ready-A{at}-1", at=SOON, of=f"A{at}", times=1) for at in range(20, 24)
    ]
    page = _open(browser, tuple(crowd))
    marks = [_mark(page, one.key) for one in crowd]
    page.clock.run_for(3_000)
    # The next round of all is due; one car of those that wait is handed over.
    page.evaluate("document.querySelector('[data-call=\"ready-A23-1\"]').remove()")
    page.evaluate("document.querySelectorAll('#speech li').forEach((e) => e.dataset.turn = 2)")
    page.clock.run_for(10_000)
    said = [name for name in _played(page) if name not in ("chime.wav", "silence.wav")]
    assert said[:4] == [*marks[:3], marks[0]]
    assert marks[3] not in said
    page.context.close()


def test_what_was_due_before_the_page_was_opened_is_not_said(browser: Browser) -> None:
    page = _open(browser, (replace(A17, at=SOON - 30),))
    page.clock.run_for(15_000)
    assert _played(page) == ["silence.wav"]
    page.context.close()


def test_help_calls_are_said_once_on_a_tv(browser: Browser) -> None:
    page = _open(browser, (HELP,), audience="tv")
    help_call = _mark(page, HELP.key)
    page.clock.run_for(20_000)
    assert _played(page) == ["silence.wav", "chime.wav", help_call]
    page.context.close()


def test_nothing_is_said_outside_the_hours_nor_while_the_line_is_cut(browser: Browser) -> None:
    html = _html("lounge", (A17,), look=LOUD)
    closed = re.sub(
        r'data-opens="\d+" data-closes="\d+"', 'data-opens="600" data-closes="840"', html
    )
    page = _opened(browser, closed)
    page.clock.run_for(15_000)
    assert _played(page) == ["silence.wav"], "it is 14:05, the screen's day ended at 14:00"
    page.context.close()
    page = _open(browser, (A17,))
    page.evaluate("window.kept = document.querySelector('#speech li'); window.kept.remove()")
    page.clock.run_for(20_000)
    assert page.locator(".is-late").count() == 1
    page.evaluate("document.getElementById('speech').appendChild(window.kept)")
    page.clock.run_for(10_000)
    assert _played(page) == ["silence.wav"], "who knows what has happened since"
    page.context.close()


def test_a_muted_screen_loads_nothing_of_it(browser: Browser) -> None:
    asked: list[str] = []
    page = open_wall(browser, _html("lounge", (A17,), look=ScreenLook()), SIZE, still=True)
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.clock.run_for(15_000)
    assert [url for url in asked if "speak" in url or "speech" in url] == []
    assert page.locator("#tap").count() == 0
    assert page.inner_text(".sound") == "Sound off", "whoever waits there has to look"
    page.context.close()


_BLOCKED = """Audio.prototype.play = () => Promise.reject(
  new DOMException('', 'NotAllowedError'))"""


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("audience", ["lounge", "tv"])
def test_a_wall_that_waits_for_a_touch_says_so_in_its_foot_and_covers_nothing(
    browser: Browser, audience: str, language: str
) -> None:
    wall = TvProjection() if audience == "tv" else LoungeProjection()
    views = dict(Speaking(wall, lambda _shop, _now: ()).project(SAMPLE, NOW))
    views |= {"foot": FOOT} if audience == "lounge" else {}
    html = wall_html(audience, language, views, look=LOUD)
    page = open_wall(browser, html, (960, 540), script=_BLOCKED)
    page.wait_for_selector("#tap")
    seen = ink(page, ".foot")[0]
    assert collisions(seen) == []
    assert cut_off(glyphs(page, ".foot")) == []
    assert unsafe(glyphs(page), 960, 540) == []
    assert not page.is_visible(".sound"), "it does not say that its sound is on"
    edges = [page.locator(at).bounding_box() for at in ("#tap", ".foot-facts")]
    tap, facts = (edge for edge in edges if edge)
    assert facts["x"] + facts["width"] <= tap["x"]
    on_top = "(box) => !!document.elementFromPoint(box.x + 9, box.y + 9).closest('#tap')"
    assert page.evaluate(on_top, tap)
    page.evaluate("Audio.prototype.play = () => Promise.resolve()")
    page.click(".wall")
    assert page.is_visible(".sound")
    assert not page.is_visible("#tap")
    page.context.close()


_LISTEN_TO_REPORTS = """() => {
  window.said = [];
  wall.say = (what) => what.report && said.push(what.report.muted);
}"""


def test_a_wall_that_waits_for_a_touch_tells_the_page_of_the_screens(browser: Browser) -> None:
    html = _html("lounge", (), look=LOUD)
    page = open_wall(browser, html, SIZE, still=True, script=_BLOCKED)
    expect(page.locator("html.is-muted")).to_have_count(1)
    page.evaluate(_LISTEN_TO_REPORTS)
    page.clock.run_for(15_000)
    page.evaluate("Audio.prototype.play = () => Promise.resolve()")
    page.click(".wall")
    page.clock.run_for(15_000)
    told = page.evaluate("said")
    assert (told[0], told[-1]) == (True, False)
    page.context.close()
