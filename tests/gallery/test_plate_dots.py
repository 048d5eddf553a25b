"""The dot of a plate is drawn as narrow as on the metal, whatever font a screen has."""

import pytest
from playwright.sync_api import Browser

from displays.gallery import SAMPLES
from tests.gallery.shown import gallery, open_sample

_BROADEST = """() => Math.max(0, ...[...document.querySelectorAll('.plate i')].map(
  (dot) => dot.getBoundingClientRect().width / parseFloat(getComputedStyle(dot).fontSize)))"""
"""In em: a Han font's own dot is a whole one."""


@pytest.mark.parametrize("audience", ["board", "lounge", "phone", "tablet", "tv"])
def test_the_dot_of_a_plate_is_no_han_sign(browser: Browser, audience: str) -> None:
    sample = next(each for each in SAMPLES if each.audience == audience)
    with gallery(browser, audience) as page:
        open_sample(page, sample, "zh-Hans")
        assert 0 < page.evaluate(_BROADEST) <= 0.6
