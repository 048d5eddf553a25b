"""The guests' network stands whole in a lounge's foot, also while the screen says its age."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from displays.views.lounge import LoungeProjection
from displays.views.lounge_views import LoungeFootView
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import open_wall, wall_html

_MARK = """(mark) => {
  document.documentElement.className = 'theme-lounge ' + mark;
  const age = document.body.getAttribute('data-word-age').replace('{}', '123:59');
  document.getElementById('age').textContent = mark ? age : '';
}"""
_MISSING = """() => [...document.querySelectorAll('.foot-facts, .foot-fact b')]
  .map((one) => one.scrollWidth - one.clientWidth)"""


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_network_is_not_cut_while_nothing_comes(browser: Browser, language: str) -> None:
    views = LoungeProjection().project(SAMPLE, NOW)
    foot = views["foot"]
    assert isinstance(foot, LoungeFootView)
    shown = {**views, "foot": replace(foot, wifi="Shengda-Gast-5G")}
    page = open_wall(browser, wall_html("lounge", language, shown), (960, 540))
    for mark in ("", "is-late", "is-late is-stale"):
        page.evaluate(_MARK, mark)
        assert page.evaluate(_MISSING) == [0, 0], mark
    page.context.close()
