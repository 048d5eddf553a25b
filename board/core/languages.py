"""The languages of the program: what each calls itself, and which way a language is written.

Holds no texts; the catalogues are board/languages.py's.
"""

from collections.abc import Mapping

NAMES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
"""By tag, in the order in which they are offered; never translated."""
LANGUAGES = tuple(NAMES)

_FROM_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def told_in(language: str, by_language: Mapping[str, str], otherwise: str) -> str:
    """A text in a language; else in one that is written nearly so, else as it is otherwise."""
    root = language.partition("-")[0]
    alike = (one for one in by_language if one.partition("-")[0] == root)
    known = (language, *alike)
    return next((by_language[one] for one in known if one in by_language), otherwise)


def direction(tag: str) -> str:
    """Return "rtl" for a language written from right to left, else "ltr": for `dir` in html."""
    return "rtl" if tag.lower().partition("-")[0] in _FROM_RIGHT_TO_LEFT else "ltr"
