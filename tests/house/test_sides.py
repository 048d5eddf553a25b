"""Pages of people can be mirrored: their styles say start and end, walls may say left and right.

Walls run in engines older than those words. What is placed by `left` or `right` needs a rule of
its own for `[dir="rtl"]`, as the words for it are younger than the oldest tablets.
"""

import re
from pathlib import Path

import pytest

from tests.house.source import ROOT

OF_WALLS = {"arrivals", "lounge", "overview", "queue", "screen", "screen_code"}
OF_WALLS |= {"tv", "wall", "wall_rtl"}
ON_PAPER = {"evening", "gate_pass", "print"}
SIDE = re.compile(
    r"(?<![\w-])(?:margin|padding|border)-(?:left|right)\b|text-align: (?:left|right)"
)
PEOPLES = [
    file for file in sorted((ROOT / "static").glob("*.css")) if file.stem not in OF_WALLS | ON_PAPER
]


@pytest.mark.parametrize("file", PEOPLES, ids=lambda file: file.stem)
def test_a_style_says_start_and_end(file: Path) -> None:
    lines = file.read_text().splitlines()
    found = [line for line in lines if SIDE.search(line) and '[dir="rtl"]' not in line]
    assert not found, "\n".join(found)
