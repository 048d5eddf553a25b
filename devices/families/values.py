"""What devices write for numbers, percents, moments, presses, plates and badges. Pure."""

import math
import re
from datetime import UTC, datetime

from devices.payloads import Json

PRESSES = {
    "single": "single", "click": "single", "short": "single", "press": "single",
    "pressed": "single", "push": "single", "tap": "single", "single_push": "single",
    "short_press": "single", "single_press": "single", "single_click": "single", "s": "single",
    "button_short_press": "single",
    "double": "double", "double_push": "double", "double_press": "double",
    "double_click": "double", "double_tap": "double", "button_double_press": "double",
    "ss": "double",
    "triple": "triple", "triple_push": "triple", "triple_press": "triple",
    "triple_click": "triple", "triple_tap": "triple", "button_triple_press": "triple",
    "sss": "triple",
    "quad": "quadruple", "quadruple": "quadruple", "quadruple_press": "quadruple",
    "button_quadruple_press": "quadruple",
    "quintuple": "quintuple", "penta": "quintuple", "quintuple_press": "quintuple",
    "button_quintuple_press": "quintuple",
    "long": "long", "hold": "long", "held": "long", "long_push": "long", "long_press": "long",
    "long_click": "long", "button_long_press": "long", "l": "long",
    "release": "release", "released": "release", "hold_release": "release",
    "long_release": "release", "press_release": "release", "short_release": "release",
    "button_long_release": "release", "button_short_release": "release",
}  # fmt: skip
"""Words of presses, in ours. What is not here passes as the device says it."""
WORD_OF_A_PRESS = re.compile(r"[^\W_]+(?:[_-][^\W_]+)*\Z")
LONGEST_WORD = 60
SEPARATORS = re.compile(r"[\s.·・•_-]+")
HEX = re.compile(r"[0-9A-F]{4,40}\Z")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?\Z", re.ASCII)
LONGEST_NUMBER = 40
FINER = ((1e14, 1e6), (1e11, 1e3))
"""From where on Unix time cannot be in seconds, and how many of its units are in one."""


def number(value: Json) -> float | None:
    """A finite number, also when it comes as text; anything else is none."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, str):
        text = value.strip()
        if len(text) > LONGEST_NUMBER or not NUMBER.match(text):
            return None
        value = float(text)
    if not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def percent(value: Json) -> float | None:
    """A level from 0 to 100; 255 and the like are a device's word for unknown."""
    found = number(value)
    return found if found is not None and 0 <= found <= 100 else None


def is_open(position: Json) -> bool | None:
    """Whether a door is, by how far it is open in percent; -1 and the like are unknown."""
    told = percent(position)
    return None if told is None else told > 0


def text_of(value: object, longest: int = 120) -> str:
    """A text within bounds; empty for anything else."""
    return value[:longest] if isinstance(value, str) else ""


def whole(value: Json) -> int | None:
    """A whole number, not a boolean."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def moment(seconds: Json) -> datetime | None:
    """Unix seconds as a moment, or milliseconds or microseconds by their size; nonsense is none."""
    found = number(seconds) if not isinstance(seconds, str) else None
    if found is None:
        return None
    for least, each in FINER:
        if found >= least:
            found /= each
            break
    try:
        return datetime.fromtimestamp(found, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def iso_moment(text: Json) -> datetime | None:
    """An ISO time with its zone as a moment in UTC; nanoseconds are cut to microseconds."""
    if not isinstance(text, str) or len(text) > 40:
        return None
    try:
        at = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def press(word: str) -> str:
    """Our word for a press, or the device's own in small letters; empty for no word."""
    plain = word.strip().lower()
    if len(plain) > LONGEST_WORD or not WORD_OF_A_PRESS.match(plain):
        return ""
    return PRESSES.get(plain, plain)


def button_and_press(action: str) -> tuple[str, str]:
    """`2_single`, `single_left` or `arrow_left_click` taken apart; button 1 has no name.

    An action with no known word is the press itself: its device's profile knows it.
    """
    plain = press(action)
    if not plain or plain in PRESSES.values():
        return "1", plain
    parts = re.split(r"[_-]", plain)
    for length in range(len(parts) - 1, 0, -1):
        for known, rest in ((parts[-length:], parts[:-length]), (parts[:length], parts[length:])):
            word = PRESSES.get("_".join(known))
            if word and len("".join(known)) > 1:
                return "_".join(rest), word
    return "1", plain


def plate(text: Json) -> str:
    """A plate in capitals without separators; empty when there is none."""
    return SEPARATORS.sub("", text.strip().upper())[:20] if isinstance(text, str) else ""


def uid(text: Json) -> str:
    """A badge's number in upper-case hex without separators; empty when it is none."""
    if not isinstance(text, str) or len(text) > 120:
        return ""
    plain = re.sub(r"[\s:-]", "", text).upper().removeprefix("0X")
    return plain if HEX.match(plain) else ""
