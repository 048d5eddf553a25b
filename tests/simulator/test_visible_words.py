"""The check of pictures: a Chinese page may show marks and units, no words of another language."""

import pytest

from bench.visible_words import strays_in


@pytest.mark.parametrize(
    "text",
    [
        "京A·F2680D",
        "E3 白 41250 km",
        "TV-01 LOUNGE-01",
        "VIN 后六位",
        "剩 1 h 20 min",
        "钥匙 K12 停 B6",
        "bay-10",
        "取消 Esc",
    ],
)
def test_marks_and_units_are_fine(text: str) -> None:
    assert strays_in(text) == frozenset()


@pytest.mark.parametrize("text", ["Uncollected 2", "工位 Bay 3", "To team leader", "待 wash"])
def test_words_of_another_language_are_found(text: str) -> None:
    assert strays_in(text)
