"""Every page of the gallery: nothing clipped, hidden behind another or too pale; axe has no word.

Languages take turns by page, so that each is met on every kind of screen; `make audit` shows each
page in each of them.
"""

from collections.abc import Sequence

import pytest
from playwright.sync_api import Browser

from displays.gallery import SAMPLES, Sample
from tests.gallery.measured import faults_of
from tests.gallery.shown import SIZES, TURNS, gallery, open_sample

AUDIENCES = sorted({sample.audience for sample in SAMPLES})


def _spoken(audience: str, languages: Sequence[str]) -> list[tuple[Sample, str]]:
    """Each page of an audience with the language whose turn it is."""
    pages = [sample for sample in SAMPLES if sample.audience == audience]
    return [(one, languages[at % len(languages)]) for at, one in enumerate(pages)]


@pytest.mark.parametrize("languages", TURNS, ids="+".join)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_page_fits_and_can_be_read(
    browser: Browser, audience: str, languages: Sequence[str]
) -> None:
    with gallery(browser, audience) as page:
        for sample, language in _spoken(audience, languages):
            open_sample(page, sample, language)
            assert faults_of(page, audience) == [], (sample.name, language)


def test_the_dark_board_can_be_read(browser: Browser) -> None:
    with gallery(browser, "board", dark=True) as page:
        open_sample(page, next(one for one in SAMPLES if one.name == "board"), "zh-Hans")
        assert faults_of(page, "board") == []


def test_every_audience_has_a_size() -> None:
    assert set(SIZES) == set(AUDIENCES)


SPOILED = """
const the = (what) => document.querySelector(what), code = the('#code');
the('.range').style.color = '#999';
the('.plate').style.cssText = 'display:inline-block;width:9px;overflow:hidden';
the('.approve > p').style.marginTop = '-40px';
the('#remind').style.cssText = 'min-height:30px;height:30px;padding:0';
the('.steps').style.width = '900px';
code.removeAttribute('id');
code.removeAttribute('placeholder');
"""


def test_what_is_spoiled_is_found(browser: Browser) -> None:
    with gallery(browser, "phone") as page:
        open_sample(page, next(one for one in SAMPLES if one.name == "phone-question"), "en")
        page.evaluate(SPOILED)
        told = faults_of(page, "phone")
        for kind in ("contrast", "clipped", "overlap", "target", "the page is", "label"):
            assert any(each.startswith(kind) for each in told), (kind, told)
