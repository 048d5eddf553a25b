"""Which language a tag or a browser's header means."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from board.core.languages import LANGUAGES, NAMES, direction
from board.ids import new_id
from board.languages import Languages

ROOT = Path(__file__).resolve().parents[2]


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


@pytest.mark.parametrize(
    ("wanted", "best"),
    [("zh-TW", "zh-Hant"), ("zh-HK,zh;q=0.9", "zh-Hant"), ("zh-Hant-MO", "zh-Hant")],
)
def test_taiwan_and_hong_kong_read_traditional_signs(wanted: str, best: str) -> None:
    languages = Languages(ROOT / "locales")
    assert languages.best(wanted) == best
    assert languages.translations(best).gettext("Parts") == "零件"


def test_what_is_offered_has_its_catalogue_and_may_be_set() -> None:
    assert Languages(ROOT / "locales").available == LANGUAGES == tuple(NAMES)


@pytest.mark.parametrize("tag", ["ar", "ar-EG", "he", "fa-IR"])
def test_a_language_from_right_to_left_is_known_as_such(tag: str) -> None:
    assert direction(tag) == "rtl"
    assert {direction(each) for each in LANGUAGES} == {"ltr"}


def test_ids_sort_by_the_time_they_were_made() -> None:
    start = datetime(2026, 11, 21, tzinfo=UTC)
    made = [new_id(start + timedelta(milliseconds=n)) for n in range(100)]
    assert made == sorted(made)
    assert len({new_id(start) for _ in range(1000)}) == 1000
    assert all(len(one) == 20 and one.isalnum() and one == one.lower() for one in made)
