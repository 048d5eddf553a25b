"""Words that a template says by itself, beside what gettext and the values put into it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment

HEARD = frozenset({"alt", "aria-label", "placeholder", "title"})
"""Attributes that people read or hear."""
_LEXER = Environment(extensions=["jinja2.ext.i18n"])
_WORD = re.compile(r"[^\W\d_]+")
_MARKUP = re.compile(r'[\w-]+="[^"]*"?|[\w-]+=\S*|/[\w/?=-]+|\{".*', re.DOTALL)
_ALIKE = frozenset(["h", "km", "m", "s", "Baylight", "PIN", "SHA", "ABCD", "EFGH"])
"""The same in every language: units, names, what a code looks like. A single capital is a key."""
_CODE = frozenset({"lounge", "overview", "queue", "novalidate"})
"""Classes that a page hands to its frame; an attribute that a macro puts into a form."""


class _Said(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._is_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_code = tag in ("script", "style")
        self.texts += [value for name, value in attrs if name in HEARD and value]

    def handle_endtag(self, tag: str) -> None:
        self._is_code = False

    def handle_data(self, data: str) -> None:
        if not self._is_code:
            self.texts.append(data)


def texts_of(html: str) -> list[str]:
    """Every text of html that people read or hear, with what stands around it."""
    said = _Said()
    said.feed(html)
    said.close()
    return said.texts


def _bare(source: str) -> Iterator[str]:
    """The template without its tags, translated parts and values; where one stood is a cut."""
    opened, is_translated = False, False
    for _, kind, text in _LEXER.lex(source):
        if kind == "name" and opened:
            is_translated = text == "trans" or (is_translated and text != "endtrans")
        if kind != "whitespace":
            opened = kind == "block_begin"
        if kind in ("block_begin", "variable_begin"):
            yield "\n"
        if kind == "data" and not is_translated:
            yield text


def own_words(source: str) -> list[str]:
    """The words for people that stand in the template itself."""
    return [
        word
        for text in texts_of("".join(_bare(source)))
        for word in _WORD.findall(_MARKUP.sub(" ", text))
        if word not in _ALIKE | _CODE and not (len(word) == 1 and word.isupper())
    ]
