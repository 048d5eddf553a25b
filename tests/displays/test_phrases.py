"""What a template says is in its language when it is compiled, and reads as a call would."""

from datetime import datetime
from gettext import NullTranslations
from pathlib import Path

import pytest

from board.core.languages import LANGUAGES
from board.core.shop import Settings
from board.languages import Languages
from displays.render import Renderer
from displays.views.moments import moment
from tests.house.source import ROOT

EVENING = datetime.fromisoformat("2026-11-21T22:05:00+08:00")


class _Said(NullTranslations):
    def gettext(self, message: str) -> str:
        return {"Save": "保存", "100%% of {{x}}": "全部 100%% <b>"}.get(message, message)


@pytest.mark.parametrize(
    ("template", "html"),
    [
        ("{{ _('Save') }}", "保存"),
        ("{% trans %}Save{% endtrans %}", "保存"),
        ("<a title=\"{{ _('Save') ~ '<' }}\">", '<a title="保存&lt;">'),
        ("{{ _('100%% of {{x}}') }}", "全部 100% <b>"),
        ("{% trans n=name %}to {{ n }}{% endtrans %}", "to &lt;i&gt;"),
        ("{{ _(name) }}", "<i>"),
    ],
)
def test_a_text_is_what_its_language_says(tmp_path: Path, template: str, html: str) -> None:
    (tmp_path / "one.html").write_text(template)
    renderer = Renderer(tmp_path, lambda _language: _Said())
    assert renderer.fragment("one.html", "zh-Hans", name="<i>") == html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_time_is_written_the_same_in_every_language(tmp_path: Path, language: str) -> None:
    (tmp_path / "time.html").write_text("{{ at|clock }}")
    renderer = Renderer(tmp_path, Languages(ROOT / "locales").translations)
    at = moment(EVENING, EVENING, Settings())
    assert renderer.fragment("time.html", language, at=at) == "22:05"
