"""What a wall says of itself every quarter of a minute, and whether that is what it was sent.

Pure: no sockets, no clock. All that comes from a page is bounded here.
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Annotated

import msgspec
from msgspec import Meta

Name = Annotated[str, Meta(max_length=64)]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Pixels = Annotated[int, Meta(ge=0, le=100_000)]

RUNNING = ("data-left", "data-over", "data-since", "data-clock", "data-page")
"""Elements whose text the page writes by itself: no part of a digest."""

_BLANK = re.compile(r"[ \t\n\r\f\u00a0]+")
_MEMBERS = re.compile(r' data-order="([^"]*)"')
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "source", "wbr"})


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page about itself: where it stands, what it shows, what it runs on.

    `shown`: the ids of the regions in its document; `digest`: of their texts, as `digest_of` makes
    it; `rows`: how many of them can be seen now. `clock`: the device's, milliseconds since 1970.
    `painted`: seconds since the browser drew last; `muted`: it is silent until somebody has touched
    the screen. `width`, `height` in CSS pixels.
    """

    boot: Name
    rev: Annotated[int, Meta(ge=-1, le=2**53)]
    seq: Count
    build: Name
    digest: Name
    engine: Name
    clock: Annotated[int, Meta(ge=-(2**53), le=2**53)]
    width: Pixels
    height: Pixels
    rows: Pixels
    painted: Count
    visible: bool
    shown: Annotated[str, Meta(max_length=3000)] = ""
    muted: bool = False


class _Words(HTMLParser):
    """Collects a region's text without what runs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count how deep we are in something that runs."""
        runs = any(name in RUNNING for name, _ in attrs)
        if tag not in _VOID and (self._inside or runs):
            self._inside += 1

    def handle_endtag(self, tag: str) -> None:
        """One less."""
        if self._inside and tag not in _VOID:
            self._inside -= 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Drawings inside close themselves, and hold no text."""

    def handle_data(self, data: str) -> None:
        """A piece of text."""
        if not self._inside:
            self.found.append(data)


def _words(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return _BLANK.sub("", "".join(reader.found))


def digest_of(regions: Mapping[str, str], ids: Iterable[str]) -> str:
    """Eight letters over the texts of these regions, as a page that shows them finds it too."""
    lines = (f"{key}:{_words(regions[key])}\n" for key in sorted(ids))
    return f"{zlib.adler32(''.join(lines).encode('utf-16-le')):08x}"


def agrees(report: Report, regions: Mapping[str, str]) -> bool:
    """Whether a page at the same rev shows what these regions say: nothing else, and no gap."""
    ids = set(report.shown.split())
    if not ids or not ids <= regions.keys():
        return False
    for key in ids:
        members = _MEMBERS.search(regions[key][: regions[key].find(">") + 1])
        if members is not None and not ids.issuperset(members[1].split()):
            return False
    return report.digest == digest_of(regions, ids)
