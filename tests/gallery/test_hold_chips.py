"""Why a car stands still, and for how long, is readable whole on its card in a narrow lane."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, ViewportSize

from board.core import commands as c
from board.core.holds import HoldReason
from displays.gallery import SAMPLES
from displays.views.cards import card
from tests.builders import ANNA, Trial, signed
from tests.gallery.shown import LANGUAGES, gallery, open_sample, renderer

BOARD = next(sample for sample in SAMPLES if sample.name == "board")
_CUT = """(html) => {
  const stack = document.querySelector('.lane[data-lane=hold] .stack');
  stack.innerHTML = html;
  for (const time of stack.querySelectorAll('[data-since]')) time.textContent = '23:59';
  const words = [...stack.querySelectorAll('.state .w')];
  return words.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent);
}"""


def _cards(language: str) -> str:
    """A car for each reason, held for long."""
    trial = signed(Trial()).do(c.HoldJob(job="j1", hold=HoldReason.safety), ANNA)
    view = card(trial.shop, trial.job(), trial.now)
    held = [replace(view, sign=replace(view.sign, hold=reason)) for reason in HoldReason]
    return "".join(renderer().region(view.id, each, language) for each in held)


@pytest.mark.parametrize("size", [(1366, 768), (1280, 800), (1024, 768)], ids=str)
def test_no_word_of_a_hold_is_cut(browser: Browser, size: tuple[int, int]) -> None:
    with gallery(browser, "board") as page:
        page.set_viewport_size(ViewportSize(width=size[0], height=size[1]))
        for language in LANGUAGES:
            open_sample(page, BOARD, language)
            assert page.evaluate(_CUT, _cards(language)) == [], language
            assert page.locator(".lane[data-lane=hold] .state .w").count() == len(HoldReason)
