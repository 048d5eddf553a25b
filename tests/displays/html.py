"""Reads rendered regions: their one root element, and their text."""

from html.parser import HTMLParser

_VOID = frozenset({"input", "br", "img", "meta", "link", "hr", "use", "path", "rect", "circle"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.roots: list[dict[str, str | None]] = []
        self.stray = ""
        self.texts: list[str] = []
        self.named: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.named.update(name for name, _value in attrs)
        if self.depth == 0:
            self.roots.append(dict(attrs))
        if tag not in _VOID:
            self.depth += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.named.update(name for name, _value in attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.depth == 0:
            self.stray += data.strip()


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def root(html: str) -> dict[str, str | None]:
    """The attributes of the one root element; fails if there is any other or loose text."""
    reader = _read(html)
    assert len(reader.roots) == 1, html
    assert reader.stray == "", html
    assert reader.depth == 0, html
    return reader.roots[0]


def text(html: str) -> str:
    """What a person reads, words apart by one blank."""
    return " ".join(" ".join(_read(html).texts).split())


def attributes(html: str) -> set[str]:
    """Every name of an attribute in the html."""
    return _read(html).named
