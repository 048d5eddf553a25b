"""The languages of the program: what each calls itself, and which way a language is written.

Holds no texts; the catalogues are board/languages.py's.
"""

NAMES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
"""By tag, in the order in which they are offered; never translated."""
LANGUAGES = tuple(NAMES)

_FROM_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def direction(tag: str) -> str:
    """Return "rtl" for a language written from right to left, else "ltr": for `dir` in html."""
    return "rtl" if tag.lower().partition("-")[0] in _FROM_RIGHT_TO_LEFT else "ltr"
