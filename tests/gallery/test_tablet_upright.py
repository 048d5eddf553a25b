"""A tablet held upright: nothing is cut, nothing beyond the glass, and gloves still hit it."""

import pytest
from playwright.sync_api import Browser

from displays.gallery import SAMPLES
from tests.gallery.measured import layout_faults
from tests.gallery.shown import LANGUAGES, gallery, open_sample
from tests.tablet_page.pages import targets

UPRIGHT = {"width": 800, "height": 1280}
SMALLEST = 118
TABLETS = [sample for sample in SAMPLES if sample.audience == "tablet"]

_FOUR_LINES = """() => {
  const tile = document.querySelector('#order-lines .tile'), sub = tile.querySelector('.sub');
  const waits = document.querySelector('main').dataset.waits.replace('{time}', '14:05');
  tile.classList.add('ahead');
  sub.replaceChildren(document.getElementById('ahead-clock').content.cloneNode(true));
  sub.querySelector('span').textContent = waits;
  for (let more = 0; more < 3; more++) tile.after(tile.cloneNode(true));
  const text = document.createRange();
  text.selectNodeContents(sub);
  return sub.getBoundingClientRect().right - text.getBoundingClientRect().right;
}"""
"""Room behind the words of a tile, in px, as static/tablet_ahead.js makes it."""


@pytest.mark.parametrize("turn", range(len(LANGUAGES)))
def test_nothing_is_cut_on_a_tablet_held_upright(browser: Browser, turn: int) -> None:
    """Falls over without static/tablet_upright.css: a tap that waits pushed the buttons out."""
    faults: dict[str, list[str]] = {}
    with gallery(browser, "tablet") as page:
        page.set_viewport_size({"width": UPRIGHT["width"], "height": UPRIGHT["height"]})
        for sample in TABLETS[turn :: len(LANGUAGES)]:
            open_sample(page, sample, LANGUAGES[turn])
            beyond = page.evaluate("document.querySelector('.tab').scrollWidth > innerWidth")
            small = [one for one in targets(page) if min(one[1], one[2]) < SMALLEST]
            found = [*layout_faults(page, "tablet"), *map(str, small), *["beyond"] * beyond]
            if found:
                faults[sample.name] = found
    assert faults == {}


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_when_a_tap_was_made_is_told_whole_beside_three_other_lines(
    browser: Browser, language: str
) -> None:
    with gallery(browser, "tablet") as page:
        open_sample(page, TABLETS[0], language)
        assert page.evaluate(_FOUR_LINES) >= 0
