"""A wall of two languages holds both in each region, and what is an attribute in one."""

from gettext import NullTranslations
from pathlib import Path

import pytest

from board.languages import Languages
from displays.audiences import languages_for
from displays.render import Renderer
from displays.views.lounge import LoungeProjection
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.walls import TEMPLATES


class _Han(NullTranslations):
    def gettext(self, message: str) -> str:
        return {"Repair": "维修", "in %(n)s min": "%(n)s 分钟"}.get(message, message)


def _said(folder: Path, template: str, language: str) -> str:
    (folder / "one.html").write_text(template)
    catalogues = {"zh-Hans": _Han(), "en": NullTranslations()}
    return Renderer(folder, catalogues.__getitem__).fragment("one.html", language, n="<")


BOTH = '<span class="say-1">{}</span><span class="say-2" lang="en">{}</span>'


@pytest.mark.parametrize(
    ("template", "language", "html"),
    [
        ("{{ _('Repair') }}", "zh-Hans+en", BOTH.format("维修", "Repair")),
        ("{{ _('in %(n)s min', n=n) }}", "zh-Hans+en", BOTH.format("&lt; 分钟", "in &lt; min")),
        ("{{ _('A17') }}", "zh-Hans+en", "A17"),
        ("<i title=\"{{ gettext('Repair') }}\">", "zh-Hans+en", '<i title="维修">'),
        ("{{ language }} {{ second }}", "zh-Hans+en", "zh-Hans en"),
        ("{{ _('Repair') }}{{ second }}", "zh-Hans", "维修"),
    ],
)
def test_both_languages_are_said_in_turn(
    tmp_path: Path, template: str, language: str, html: str
) -> None:
    assert _said(tmp_path, template, language) == html


def test_only_customers_walls_take_turns_and_only_between_two_languages() -> None:
    assert languages_for("lounge", "zh-Hans", "en") == "zh-Hans+en"
    assert languages_for("lounge", "en", "en") == "en"
    assert languages_for("lounge", "en", "") == "en"
    assert languages_for("tv", "zh-Hans", "en") == "zh-Hans"


def test_no_word_of_the_lounge_is_left_in_one_language_alone() -> None:
    renderer = Renderer(TEMPLATES, Languages(TEMPLATES.parent / "locales").translations)
    for key, view in LoungeProjection().project(SAMPLE, NOW).items():
        alone, both = (renderer.region(key, view, each) for each in ("zh-Hans", "zh-Hans+en"))
        english = renderer.region(key, view, "en")
        assert both.count("say-1") == both.count("say-2")
        assert (alone == english) == ("say-1" not in both), key
