"""The languages people read: catalogues of sentences, and which one fits a tag or a header.

Knows nothing of requests or of who asks.
"""

import gettext
from functools import lru_cache
from pathlib import Path

CHINESE = "zh-Hans"
TRADITIONAL = "zh-Hant"
ENGLISH = "en"

_DOMAIN = "baylight"
_FOLDERS = {CHINESE: "zh_Hans", TRADITIONAL: "zh_Hant", ENGLISH: "en"}
_TRADITIONAL_MARKS = frozenset({"hant", "tw", "hk", "mo"})
_HEADER_LIMIT = 200


class Languages:
    """The catalogues of one folder; a language without one speaks the sentences as written."""

    def __init__(self, folder: Path) -> None:
        self._catalogues = {tag: _catalogue(folder, name) for tag, name in _FOLDERS.items()}

    @property
    def available(self) -> tuple[str, ...]:
        """Return the tags that may be chosen; English and simplified Chinese always."""
        found = (tag for tag in _FOLDERS if type(self._catalogues[tag]) is not _Plain)
        return tuple(dict.fromkeys((CHINESE, *found, ENGLISH)))

    def translations(self, language: str) -> gettext.NullTranslations:
        """Return the catalogue of one of our tags; English sentences for any other."""
        return self._catalogues.get(language) or self._catalogues[ENGLISH]

    def best(self, wanted: str) -> str:
        """Return the tag of ours that fits a language tag or an Accept-Language header best."""
        for tag in _by_preference(wanted[:_HEADER_LIMIT]):
            language = _of_ours(tag)
            if language == TRADITIONAL and TRADITIONAL not in self.available:
                return CHINESE
            if language:
                return language
        return ENGLISH


_Plain = gettext.NullTranslations


def _catalogue(folder: Path, name: str) -> gettext.NullTranslations:
    return gettext.translation(_DOMAIN, folder, languages=[name], fallback=True)


def _of_ours(tag: str) -> str:
    # Mapped by script, because a browser says zh-TW and means traditional characters.
    parts = tag.lower().replace("_", "-").split("-")
    if parts[0] == "zh":
        is_traditional = not _TRADITIONAL_MARKS.isdisjoint(parts[1:]) and "hans" not in parts
        return TRADITIONAL if is_traditional else CHINESE
    return ENGLISH if parts[0] == "en" else ""


@lru_cache(256)
def _by_preference(header: str) -> tuple[str, ...]:
    weighted = [_weighted(part) for part in header.split(",")]
    kept = [(weight, tag) for weight, tag in weighted if tag and weight > 0]
    return tuple(tag for _, tag in sorted(kept, key=lambda pair: -pair[0]))


def _weighted(part: str) -> tuple[float, str]:
    tag, _, rest = part.strip().partition(";")
    name, _, value = rest.strip().partition("=")
    if name.strip() != "q":
        return 1.0, tag.strip()
    number = value.strip()
    is_number = number.replace(".", "", 1).isascii() and number.replace(".", "", 1).isdigit()
    return (min(float(number), 1.0) if is_number else 0.0), tag.strip()
