"""A language that nobody speaks: English turned round and four tenths longer, from right to left.

Runs in the process of a server under test (`RunningShop.prelude`): what is written for people
there is English as the shop has it, so every page and screen shows it without being asked.
"""

import re
from gettext import NullTranslations

from board.core import languages
from board.languages import Languages

FROM_RIGHT, AS_IT_WAS = "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{POP DIRECTIONAL FORMATTING}"
LONGER = 0.4
PRELUDE = "from tests.e2e.mirrored import speak_mirrored; speak_mirrored()"
_KEPT = re.compile(r"(\{[^{}]*\}|%\(\w+\)[a-z]|%%|<[^<>]*>|&\w+;)")


def mirrored(text: str) -> str:
    """The text turned round and longer; what is filled in and what is markup stay."""
    return "".join(
        part if not part.strip() or _KEPT.fullmatch(part) else _turned(part)
        for part in _KEPT.split(text)
    )


def _turned(words: str) -> str:
    more = words.strip()[: max(1, round(len(words.strip()) * LONGER))].strip()
    return f"{FROM_RIGHT}{words}{AS_IT_WAS} {FROM_RIGHT}{more}{AS_IT_WAS}"


class Mirrored(NullTranslations):
    """Every text of the program, mirrored."""

    def __init__(self, spoken: NullTranslations) -> None:
        super().__init__()
        self._spoken = spoken

    def gettext(self, message: str) -> str:
        """The text in the language that is mirrored, turned round."""
        return mirrored(self._spoken.gettext(message))

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The same for a text with a number."""
        return mirrored(self._spoken.ngettext(one, many, count))


def speak_mirrored() -> None:
    """From now on English is mirrored in this process, and read from right to left."""
    spoken = Languages.translations

    def translations(self: Languages, language: str) -> NullTranslations:
        return Mirrored(spoken(self, language))

    languages._FROM_RIGHT_TO_LEFT |= {"en"}
    Languages.translations = translations  # type: ignore[method-assign]
