"""The colours of signals as lights take and tell them, and whether what one tells is what was
asked for. Pure.

Lights round, and show of a colour what they can: x and y may lie 0.05 beside, a channel of red,
green and blue 25 of 255, a hue 15 degrees, and nine tenths of the brightness are enough.
"""

from collections.abc import Mapping
from enum import StrEnum
from math import hypot

from devices.payloads import Json


class Colour(StrEnum):
    """The colours of a tower light."""

    red = "red"
    amber = "amber"
    green = "green"
    blue = "blue"
    white = "white"


Rgb = tuple[int, int, int]
RGB: Mapping[Colour, Rgb] = {
    Colour.red: (255, 0, 0),
    Colour.amber: (255, 120, 0),
    Colour.green: (0, 255, 0),
    Colour.blue: (0, 0, 255),
    Colour.white: (255, 255, 255),
}
XY: Mapping[Colour, tuple[float, float]] = {
    Colour.red: (0.675, 0.322),
    Colour.amber: (0.58, 0.39),
    Colour.green: (0.3, 0.6),
    Colour.blue: (0.155, 0.06),
    Colour.white: (0.3127, 0.329),
}
"""Where nearly every lamp can show them."""
HUE: Mapping[Colour, float] = {
    Colour.red: 0,
    Colour.amber: 28,
    Colour.green: 120,
    Colour.blue: 240,
}
"""White has none, and no saturation."""
XY_BESIDE, CHANNEL_BESIDE, HUE_BESIDE = 0.05, 25, 15
SATURATED, PALE = 70, 20
"""Percent: from here on it is a colour, up to here white."""
BRIGHT = 0.9
WHITE_MODES = ("color_temp", 2, "white", "cwww", "brightness", "onoff")
"""In which a light shows none of its colours, whatever it tells of them."""
HUE_MODES = ("hs", 0)


def shows(
    told: Mapping[str, Json], colour: Colour, brightest: int, suffix: str = ""
) -> bool | None:
    """Whether a light that tells this of itself shows the colour in full brightness; None if it
    tells nothing of its colour. `suffix`: what follows the keys of one light among several.
    """
    bright, seen = _number(told.get(f"brightness{suffix}")), told.get(f"color{suffix}")
    mode = told.get(f"color_mode{suffix}")
    if bright is not None and bright < BRIGHT * brightest:
        return False
    if mode in WHITE_MODES:
        return colour is Colour.white
    return _is_near(seen, colour, mode in HUE_MODES) if isinstance(seen, dict) else None


def _is_near(seen: Mapping[str, Json], colour: Colour, is_hue: bool) -> bool | None:
    """In the numbers that are in force: those of another way to say it may be old."""
    hue = _pair(seen, "hue", "saturation") or _pair(seen, "h", "s")
    at = _pair(seen, "x", "y")
    if hue and (is_hue or at is None):
        return _is_hue(hue, colour)
    if at is not None:
        x, y = XY[colour]
        return hypot(at[0] - x, at[1] - y) <= XY_BESIDE
    parts = [_number(seen.get(key)) for key in ("r", "g", "b")]
    known = [one for one in parts if one is not None]
    return _is_rgb(known, RGB[colour]) if len(known) == len(parts) else None


def _is_hue(told: tuple[float, float], colour: Colour) -> bool:
    hue, saturation = told
    if colour not in HUE:
        return saturation <= PALE
    beside = abs(hue - HUE[colour]) % 360
    return saturation >= SATURATED and min(beside, 360 - beside) <= HUE_BESIDE


def _is_rgb(told: list[float], wanted: Rgb) -> bool:
    """By their proportions: how bright it is may be told apart."""
    most = max(told)
    if most <= 0:
        return False
    pairs = zip(told, wanted, strict=True)
    return all(abs(255 * one / most - other) <= CHANNEL_BESIDE for one, other in pairs)


def _pair(seen: Mapping[str, Json], one: str, other: str) -> tuple[float, float] | None:
    first, second = _number(seen.get(one)), _number(seen.get(other))
    return (first, second) if first is not None and second is not None else None


def _number(value: Json) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and abs(value) < 1e9 else None  # type: ignore[arg-type]  # is_number
