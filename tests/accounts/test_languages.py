"""Which language a tag or a browser's header means."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from board.ids import new_id
from board.languages import Languages


@pytest.mark.parametrize(
    ("wanted", "best"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh_Hans", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-TW", "zh-Hans"),
        ("en-GB", "en"),
        ("de", "en"),
        ("", "en"),
        ("*", "en"),
        ("de, zh;q=0.5, en;q=0.3", "zh-Hans"),
        ("en;q=0.2, zh;q=0.9", "zh-Hans"),
        ("zh;q=0, en", "en"),
        ("zh;q=nonsense, en;q=0.1", "en"),
        ("zh;q=٣, en;q=0.1", "en"),
        (",,;;q=,", "en"),
        ("x" * 100_000, "en"),
    ],
)
def test_the_best_language_is_found(tmp_path: Path, wanted: str, best: str) -> None:
    assert Languages(tmp_path).best(wanted) == best


def test_a_language_without_catalogue_speaks_the_sentences_as_written(tmp_path: Path) -> None:
    languages = Languages(tmp_path)
    assert languages.available == ("zh-Hans", "en")
    assert languages.translations("zh-Hans").gettext("Ready") == "Ready"
    assert languages.translations("tlh").gettext("Ready") == "Ready"


def test_ids_sort_by_the_time_they_were_made() -> None:
    start = datetime(2026, 11, 21, tzinfo=UTC)
    made = [new_id(start + timedelta(milliseconds=n)) for n in range(100)]
    assert made == sorted(made)
    assert len({new_id(start) for _ in range(1000)}) == 1000
    assert all(len(one) == 20 and one.isalnum() and one == one.lower() for one in made)
