"""A base with a plus takes any one word: several servers of one kind are opened at once."""

import pytest

from devices.families import opened
from devices.readings import Availability, Malformed
from tests.devices.moments import NOON

WORDS = [
    ("frigate", "available", b"online"),
    ("nuki", "2BB28570/connected", b"true"),
    ("theengs", "north/LWT", b"online"),
]


@pytest.mark.parametrize(("family", "rest", "word"), WORDS)
def test_a_family_is_heard_in_a_folder_and_in_no_other(family: str, rest: str, word: bytes) -> None:
    adapter = opened(family, "site/+")
    for hall in ("east", "west"):
        assert adapter.claim(f"site/{hall}/{rest}") > 0
        [found] = adapter.parse(f"site/{hall}/{rest}", word, False, NOON)
        assert isinstance(found, Availability)
    assert all(one.startswith("site/+/") for one in adapter.filters)
    [stray] = adapter.parse(f"other/east/{rest}", word, False, NOON)
    assert isinstance(stray, Malformed)
    assert adapter.claim(f"other/east/{rest}") == 0


def test_each_frigate_of_a_folder_speaks_for_its_own_cameras() -> None:
    adapter = opened("frigate", "site/+")
    told = [adapter.parse(f"site/{one}/available", b"offline", True, NOON) for one in "ab"]
    found = [one.device for [one] in told if isinstance(one, Availability)]
    assert found == ["frigate-bridge:site/a", "frigate-bridge:site/b"]
