"""What is wrong with an open page: its layout, its colours, the sizes of what is touched, axe."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests.gallery.axe import violations

WALLS = frozenset({"tv", "overview", "lounge", "queue", "arrivals", "unpaired"})
_WALL = (7, 7, 0)
_HAND = (4.5, 3, 44)
"""Least contrast of small and of large text, least height and width of targets in pixels."""


@cache
def _measure() -> str:
    return (Path(__file__).parent / "measure.js").read_text()


def layout_faults(page: Page, audience: str) -> list[str]:
    """Sentences about layout, colours and sizes; a wall is read from afar and never touched."""
    measured: list[str] = page.evaluate(_measure(), list(_WALL if audience in WALLS else _HAND))
    return measured


def faults_of(page: Page, audience: str) -> list[str]:
    """Sentences about all that is wrong."""
    return [*layout_faults(page, audience), *violations(page)]
