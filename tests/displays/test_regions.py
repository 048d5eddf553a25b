"""Every region of every audience is one element that scripts can find; pages are made of them."""

import re

import pytest

from displays.audiences import audiences
from displays.channel import Variant
from displays.hub import Position
from displays.live import Live
from displays.pages import LivePages
from displays.render import slot
from displays.wall_pages import PAGES
from tests.displays.html import attributes, root, text
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.walls import TEMPLATES, english
from tests.hub.paper import Timeline, make_hub

POSITION: Position = ("e", SAMPLE.seq)
VARIANTS = [
    Variant("main", audience, "en", "", "li" if audience == "tablet" else "")
    for audience in audiences()
]
RUNNING = re.compile(r"<(\w+)[^>]* data-(?:left|over|since)=\"[^\"]*\"[^>]*>([^<]*)<")


def _pages() -> LivePages:
    hub = make_hub(Timeline())
    live = Live(hub, english())
    live.refresh(SAMPLE, NOW, POSITION)
    return LivePages(live, hub, english())


def _regions(variant: Variant) -> dict[str, str]:
    return dict(_pages().facts(variant, SAMPLE.settings).regions)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.audience)
def test_a_region_is_one_element_with_its_own_id(variant: Variant) -> None:
    for region, html in _regions(variant).items():
        element = root(html)
        assert element["id"] == region
        assert "data-r" in element
        assert "style" not in attributes(html)
        assert not [name for name in attributes(html) if re.match("on[a-z]", name)]


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.audience)
def test_an_order_is_sent_empty_and_shown_with_its_members(variant: Variant) -> None:
    regions = _regions(variant)
    for region, html in regions.items():
        members = (root(html).get("data-order") or "").split()
        assert set(members) <= regions.keys(), f"{region} lists what is not there"
        if "data-order" in root(html):
            assert text(html) == ""
            assert all(regions[member] in slot(regions, region) for member in members)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.audience)
def test_running_times_are_left_to_the_page(variant: Variant) -> None:
    for html in _regions(variant).values():
        assert [found[1].strip() for found in RUNNING.finditer(html) if found[2].strip()] == []


@pytest.mark.parametrize(("audience", "template"), PAGES.items())
def test_a_wall_page_shows_each_region_exactly_as_it_is_pushed(
    audience: str, template: str
) -> None:
    facts = _pages().facts(Variant("main", audience, "en"), SAMPLE.settings)
    html = english().page(template, "en", facts, theme="", screen="TV-02")
    for region, pushed in facts.regions.items():
        assert html.count(f'id="{region}"') == 1
        assert "data-order" in pushed or pushed in html
    assert f'data-rev="{facts.rev}"' in html
    assert 'data-zone="480"' in html
    assert "style=" not in html
    assert html.count("<script") == html.count('<script src="/static/')


def test_every_icon_that_walls_name_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-([a-z]+)"', (TEMPLATES / "icons/wall.html").read_text()))
    used = {
        name
        for variant in VARIANTS
        if variant.audience in PAGES
        for html in _regions(variant).values()
        for name in re.findall(r'href="#i-([a-z]+)"', html)
    }
    assert used
    assert used <= drawn
