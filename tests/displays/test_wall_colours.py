"""Everything on a wall is readable from afar: seven to one, in every state."""

import re

import pytest

from tests.displays.walls import TEMPLATES

STATIC = TEMPLATES.parent / "static"
TOKEN = re.compile(r"(--[a-z-]+): (#[0-9a-f]{6});")


def _tokens(text: str) -> dict[str, str]:
    return dict(TOKEN.findall(text))


DARK = _tokens((STATIC / "wall.css").read_text())
_LOUNGE = (STATIC / "lounge.css").read_text()
LIGHT = {**DARK, **_tokens(_LOUNGE.partition(".theme-lounge {")[2].partition("}")[0])}

PAIRS = [
    *(("--text", ground) for ground in ("--page", "--card", "--card-late", "--card-warn")),
    *(("--muted", ground) for ground in ("--page", "--card", "--card-late", "--card-act")),
    *(("--ink", chip) for chip in ("--act", "--warn", "--late", "--ready", "--notice")),
    ("--neutral", "--card"),
]
LOUNGE_PAIRS = [
    *((text, "--page") for text in ("--text", "--muted", "--act")),
    ("--ink", "--ready"),
]


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, bright = sorted((_light(one), _light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_the_workshop_tv_is_readable(text: str, ground: str) -> None:
    assert _contrast(DARK[text], DARK[ground]) >= 7


@pytest.mark.parametrize(("text", "ground"), LOUNGE_PAIRS)
def test_the_lounge_is_readable(text: str, ground: str) -> None:
    assert _contrast(LIGHT[text], LIGHT[ground]) >= 7


@pytest.mark.parametrize("name", ["wall.css", "tv.css", "lounge.css", "queue.css", "arrivals.css"])
def test_walls_use_nothing_that_chromium_53_does_not_know(name: str) -> None:
    rules = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(), flags=re.DOTALL)
    newer = r"display: grid|(?<!-)gap:|\bmin\(|\bmax\(|clamp\(|inset:|:is\(|:where\(|:has\("
    assert re.findall(newer, rules) == []
    assert re.findall(r"#[0-9a-fA-F]{8}\b", rules) == []
