"""Takes a live page apart into the regions it was put together from."""

import re
from html.parser import HTMLParser

from tests.e2e.watching import Regions, Visitor

_VOID = frozenset({"input", "br", "img", "meta", "link", "hr"})


class _Places(HTMLParser):
    """Where the root element of each region begins and ends in the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._starts = [0, *(found.end() for found in re.finditer("\n", html))]
        self._open: list[tuple[str, str, int]] = []
        self.found: list[tuple[str, int, int]] = []
        self.feed(html)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        region = told.get("id") or "" if "data-r" in told else ""
        if tag not in _VOID:
            self._open.append((tag, region, self._at()))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without an inside is no region."""

    def handle_endtag(self, tag: str) -> None:
        opened, region, start = self._open.pop()
        assert opened == tag, (opened, tag, self.getpos())
        if region:
            self.found.append((region, start, self._at() + len(tag) + 3))


def regions_of(html: str) -> Regions:
    """Html by region id; what lies inside an order belongs to its members alone."""
    found = _Places(html).found
    regions = {}
    for key, start, end in found:
        inner = sorted((s, e) for _, s, e in found if start < s and e < end)
        parts, at = [], start
        for inner_start, inner_end in inner:
            if inner_start >= at:
                parts.append(html[at:inner_start])
                at = inner_end
        regions[key] = "".join(parts) + html[at:end]
    return regions


def fact(html: str, name: str) -> str:
    """What the page tells its script under this name."""
    found = re.search(rf'<body[^>]*\bdata-{name}="([^"]*)"', html)
    assert found, (name, html[:500])
    return found[1]


def opened(visitor: Visitor, path: str) -> tuple[Regions, str, int]:
    """The page as it came: its regions, boot and rev."""
    status, html = visitor.request("GET", path)
    assert status == 200, (path, status, html[:500])
    return regions_of(html), fact(html, "boot"), int(fact(html, "rev"))
