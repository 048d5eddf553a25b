"""Every page of the gallery: nothing clipped, hidden behind another, missing or too pale; axe has
no word.

Languages take turns in which a page is opened. One that holds a kind of element or a state that its
audience has not shown yet is measured in the others too, where axe would see the same elements;
what befalls a wall as it does another is left to
`make audit` opens every page in each language with axe.
"""

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Page

from displays.gallery import SAMPLES
from displays.gallery_crowds import CALLED, FULL, ONE, OVERFULL
from displays.gallery_pages import sample_page
from displays.gallery_sample import Sample
from tests.every_page.walking import Seen, bones_of
from tests.gallery.axe import violations
from tests.gallery.measured import WALLS, faults_of, layout_faults
from tests.gallery.shown import (
    EVERYTHING,
    SIZES,
    TURNS,
    gallery,
    open_sample,
    renderer,
    say_in,
)

OTHER_DAYS = (ONE, FULL, OVERFULL, *CALLED.values())
"""Days whose words the usual day has as well: they are not said in every language here."""
WORN = {"late": "is-late", "stale": "is-stale", "revoked": "is-revoked", "dark": "is-off",
    "afternoon": "is-swapped"}  # fmt: skip
"""By the name of a wall's state: what its page then says of itself."""
AUDIENCES = sorted({sample.audience for sample in SAMPLES})


def befalls(sample: Sample) -> str:
    """What happens to the page, in a word; '' where nothing does."""
    closed = " closed" if sample.closed_minutes is not None else ""
    return " ".join(sample.befalls) + closed + (" afternoon" if sample.afternoon else "")


def _new_ones() -> Iterator[str]:
    """Names of pages that show a kind of element, or a state, that none before them did."""
    seen = Seen()
    for sample in SAMPLES:
        kind = "walls" if sample.audience in WALLS else sample.audience
        html = sample_page(renderer(), sample, "en")
        state = f'<state class="{sample.name.partition("-")[2]}">'
        if seen.adds(sample.audience, html) | (bool(befalls(sample)) and seen.adds(kind, state)):
            yield sample.name


def _made_anew() -> Iterator[str]:
    """Names of pages with an element that axe has not met in their audience yet: classes are
    colours and sizes, which are measured in every page.
    """
    met: dict[str, set[str]] = {}
    for sample in SAMPLES:
        bones, known = _bones(sample, "en"), met.setdefault(sample.audience, set())
        if not bones <= known:
            yield sample.name
        known |= bones


def _bones(sample: Sample, language: str) -> set[str]:
    return bones_of(sample_page(renderer(), sample, language), dressed=False)


EVERY = frozenset(sample.name for sample in SAMPLES)
NEW = EVERY if EVERYTHING else frozenset(_new_ones())
FOR_AXE = EVERY if EVERYTHING else frozenset(_made_anew())


def _spoken(audience: str, languages: Sequence[str]) -> list[tuple[Sample, str]]:
    """Each page of an audience with the language whose turn it is."""
    pages = [one for one in SAMPLES if one.audience == audience and _is_told(one)]
    return [(one, languages[at % len(languages)]) for at, one in enumerate(pages)]


def _is_told(sample: Sample) -> bool:
    """Whether no wall before it has shown what befalls it; else it is left to `make audit`."""
    return sample.name in NEW or sample.audience not in WALLS or not befalls(sample)


def _open(page: Page, sample: Sample, language: str) -> None:
    """As cheaply as it can be: what no script changes is put into the page before it."""
    still = (
        sample.name not in NEW and sample.audience in ("tablet", "phone") and not befalls(sample)
    )
    (say_in if still else open_sample)(page, sample, language)


def _faults(page: Page, sample: Sample, opened: str, languages: Sequence[str]) -> Iterator[str]:
    _open(page, sample, opened)
    yield from layout_faults(page, sample.audience)
    yield from _unworn(page, sample)
    other_day = bool(befalls(sample)) or any(sample.shop is day for day in OTHER_DAYS)
    if sample.name in FOR_AXE:
        yield from violations(page, colours=EVERYTHING or not other_day)
    if sample.name not in NEW or other_day:
        return
    bones = _bones(sample, opened)
    # What the script of a wall lays out is opened anew; elsewhere only the words change.
    speak = open_sample if sample.audience in WALLS else say_in
    for language in (tag for tag in languages if tag != opened):
        speak(page, sample, language)
        yield from (f"{language}: {fault}" for fault in layout_faults(page, sample.audience))
        if EVERYTHING or bones != _bones(sample, language):
            yield from (f"{language}: {fault}" for fault in violations(page, colours=False))


def _unworn(page: Page, sample: Sample) -> Iterator[str]:
    """Where a page does not show the state that its name says."""
    told = set(sample.name.split("-"))
    for name, worn in WORN.items():
        root = page.locator(f"html.{worn}")
        wanted = not told.isdisjoint({name, "stale"} if name == "late" else {name})
        if sample.audience in WALLS and (root.count() > 0) != wanted:
            yield f"{worn} is not as {sample.name} has it"


@pytest.mark.parametrize("languages", TURNS, ids="+".join)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_page_fits_and_can_be_read(
    browser: Browser, audience: str, languages: Sequence[str]
) -> None:
    with gallery(browser, audience) as page:
        for sample, language in _spoken(audience, languages):
            assert [*_faults(page, sample, language, languages)] == [], (sample.name, language)


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
