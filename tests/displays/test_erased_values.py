"""What was erased says so on a page, in the page's language."""

from pathlib import Path

from board.core.personal import ERASED
from board.languages import Languages
from displays.render import Renderer

ROOT = Path(__file__).resolve().parents[2]


def test_an_erased_value_is_a_word_of_the_pages_language() -> None:
    renderer = Renderer(ROOT / "templates", Languages(ROOT / "locales").translations)
    told = {
        language: renderer._environment(language)
        .from_string(
            "{% from 'board/deed_says.html' import deed_says with context %}"
            "{{ deed_says({'what': 'text', 'text': text, 'at': none}, none) }}"
        )
        .render(text=ERASED)
        .strip()
        for language in ("en", "zh-Hans")
    }
    assert told == {"en": "erased", "zh-Hans": "已删除"}
