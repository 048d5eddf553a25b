"""What staff typed, as a customer is told it: plates, VINs, telephones and names are covered.

The code opens prices and what was found, nothing more. Works on text alone; a sign that only
looks otherwise (full width, lower case, a dot between) hides nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from board.core.job import Car, Job
from board.core.personal import is_erased
from board.core.plates import PROVINCES, masked_tail, split_plate
from board.core.shop import Shop

COVER = "***"

_Cover = Callable[[str], str]
_GAP = r"[\W_]{0,3}"
_LATIN = r"0-9A-Z\u00c0-\u024f"
_BEFORE, _AFTER = rf"(?<![{_LATIN}])", rf"(?![{_LATIN}])"
_NOTHING = r"(?!)"
_LEAST_OF_A_TAIL = 4
_LEAST_OF_A_PHONE, _TOLD_APART_BY = 5, 8
_LEAST_OF_A_NAME, _LEAST_OF_A_NAMES_PART = 2, 3
_ANY_PLATE = re.compile(
    # Provinces are everyday words too: only with three digits is it surely a plate.
    rf"[{PROVINCES}][\s·•.\-_]{{0,2}}[A-Z][\s·•.\-_]{{0,2}}"
    r"(?=(?:[0-9A-Z]{0,2}[0-9]){3})[0-9A-Z]{4,5}[0-9A-Z挂学警港澳使领]"
)
_ANYBODYS = re.compile(
    "|".join(
        (
            # A VIN, then telephones: abroad, mobile, of a fixed line, and after such a word.
            rf"{_BEFORE}(?=[A-Z]*[0-9])[0-9A-Z]{{17}}{_AFTER}",
            r"\+[0-9](?:[\s\-./()]{0,2}[0-9]){6,14}",
            r"(?<![0-9])(?:(?:00)?86[\s\-]?)?1[3-9](?:[\s\-./]{0,2}[0-9]){9}(?![0-9])",
            r"(?<![0-9A-Z.,])\(?0[0-9]{1,3}[\s\-/()]{0,2}"
            r"(?:[0-9]{7,9}|[0-9]{3,4}[\s\-][0-9]{3,4})(?![0-9])",
            r"(?:电话|電話|手机|手機|热线|熱線|致电|致電|TEL|PHONE|MOBILE|CALL)"
            r"(?P<number>[\W_]{0,3}[0-9](?:[\s\-./()]{0,2}[0-9]){4,14})",
        )
    )
)


class Told:
    """What a customer may read of what was typed about one job."""

    def __init__(self, shop: Shop, job: Job) -> None:
        staff = _staff(tuple(sorted(person.name for person in shop.people.values())))
        self._rules: tuple[tuple[re.Pattern[str], _Cover], ...] = (
            (_any_of(_own_plate(job.car)), lambda _found: masked_tail(job.car.plate)),
            (_ANY_PLATE, masked_tail),
            (_any_of(_of_the_customer(job)), lambda _found: COVER),
            (staff, lambda _found: COVER),
            (_ANYBODYS, lambda _found: COVER),
        )

    def of(self, text: str) -> str:
        """Return the text with all covered that a customer's page never holds."""
        for pattern, cover in self._rules:
            text = _covered(text, pattern, cover)
        return text


@lru_cache(maxsize=8)
def _staff(names: tuple[str, ...]) -> re.Pattern[str]:
    return _any_of(shape for name in names for shape in _name(name))


def _any_of(shapes: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(shapes) or _NOTHING)


def _own_plate(car: Car) -> Iterator[str]:
    """The plate as a whole, and its tail without the province or the letter."""
    region, tail = split_plate("" if is_erased(car.plate) else car.plate)
    if region and len(tail) >= _LEAST_OF_A_TAIL:
        start = rf"(?:{region[0]}{_GAP}|{_BEFORE})(?:{re.escape(region[1])}{_GAP})?"
        yield start + _loose(tail) + _AFTER
    else:
        yield from _spelt(region + tail)


def _of_the_customer(job: Job) -> Iterator[str]:
    yield from _spelt(job.car.vin)
    yield from _own_phone(job.customer.phone)
    yield from _name(job.customer.name)


def _own_phone(phone: str) -> Iterator[str]:
    """The customer's number, with whatever is dialled before it."""
    digits = "".join(sign for sign in phone if sign.isdecimal())
    if len(digits) >= _LEAST_OF_A_PHONE and not is_erased(phone):
        tail = _loose(digits[-_TOLD_APART_BY:])
        yield rf"(?<![0-9])\+?(?:[0-9]{_GAP}){{0,8}}{tail}(?![0-9])"


def _name(name: str) -> Iterator[str]:
    """A name; of a Latin one each part by itself too."""
    if len(name) >= _LEAST_OF_A_NAME and not is_erased(name):
        yield from _spelt(name)
        parts = re.findall(rf"[{_LATIN}]+", _plain(name))
        for part in parts if len(parts) > 1 else ():
            if len(part) >= _LEAST_OF_A_NAMES_PART and not part.isdecimal():
                yield from _spelt(part)


def _spelt(value: str) -> Iterator[str]:
    """A value in any spelling, not as a part of a longer word; nothing for none."""
    signs = [sign for sign in _plain(value) if sign.isalnum()]
    if signs and not is_erased(value):
        before, after = _BEFORE * _is_latin(signs[0]), _AFTER * _is_latin(signs[-1])
        yield before + _loose(signs) + after


def _loose(signs: str | list[str]) -> str:
    return _GAP.join(map(re.escape, signs))


def _is_latin(sign: str) -> bool:
    return re.match(f"[{_LATIN}]", sign) is not None


def _plain(text: str) -> str:
    return "".join(sign for sign, _at in _signs(text))


def _signs(text: str) -> Iterator[tuple[str, int]]:
    """Each sign as it is compared, with its place in the text."""
    for at, sign in enumerate(text):
        for one in _compared(sign):
            yield one, at


@lru_cache(maxsize=4096)
def _compared(sign: str) -> str:
    """A sign as upper case of usual width; '' for one that is not seen."""
    is_seen = unicodedata.category(sign) != "Cf"
    return unicodedata.normalize("NFKC", sign).upper() if is_seen else ""


def _covered(text: str, pattern: re.Pattern[str], cover: _Cover) -> str:
    signs = list(_signs(text))
    parts, told = list[str](), 0
    for found in pattern.finditer("".join(sign for sign, _at in signs)):
        first, last = found.span("number" if found.lastgroup else 0)
        start, end = signs[first][1], signs[last - 1][1] + 1
        parts += [text[told:start], cover(found.group())]
        told = end
    return "".join([*parts, text[told:]])
