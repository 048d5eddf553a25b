"""The lounge is told what a list of tags, attributes and keys allows, in snapshots and deltas.

What may stand in a view is held by type in tests/displays/test_lounge_privacy.py; what people type
by tests/e2e/test_lounge_never_tells.py. Here it is the wire.
"""

import re
from html.parser import HTMLParser

from tests.attack.poisoned_day import PoisonedDay

KEYS = {"boot", "rev", "seq", "epoch", "at", "from", "regions", "gone", "full"}
BEAT_KEYS = {"beat", "boot", "rev", "seq", "epoch", "at", "rate", "build"}
REGION = re.compile(r"ready|order-cars|foot|speech|car-[A-Z]?\d{1,4}")
ATTRIBUTES = {
    *("id", "class", "data-r", "data-order", "data-left", "data-over", "data-since", "data-rows"),
    *("data-call", "data-turn", "data-at", "data-times", "data-sounds"),
    *("data-page", "data-pin", "aria-hidden", "aria-label", "lang", "title", "style", "role"),
    *("viewbox", "href", "d", "hidden", "width", "height", "fill", "stroke", "datetime"),
}


class Reader(HTMLParser):
    """Notes every attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One tag."""
        self.seen.update({name: value or "" for name, value in attrs})


def test_only_what_the_list_allows_is_ever_sent(poisoned_day: PoisonedDay) -> None:
    """Falls over with another key in `frames.py`, or another attribute in templates/lounge/."""
    heard = poisoned_day.heard
    frames = [message for message in heard if not message.get("beat")]
    assert {bool(message["full"]) for message in frames} == {True, False}
    for message in heard:
        assert set(message) <= (BEAT_KEYS if message.get("beat") else KEYS)
    regions = [pair for message in frames for pair in message["regions"].items()]
    assert not [key for key, _ in regions if not REGION.fullmatch(key)]
    reader = Reader()
    for _, html in regions:
        reader.feed(html)
    assert set(reader.seen) <= ATTRIBUTES, set(reader.seen) - ATTRIBUTES
    assert not {"j1", "j2"} & set(reader.seen.values())
