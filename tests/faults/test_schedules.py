"""Random schedules of faults on real processes: nothing is lost or doubled, no screen stays stale.

Seen to fail: with no catch-up in Ticking a screen differs; without the answers of the journal in
write_batch a command is lost or doubled; without the recheck in Showing._changed somebody looks on.
"""

from collections.abc import Iterator

import pytest

from tests.e2e.building_anew import FreshBuilder
from tests.faults.cluster import Cluster
from tests.faults.playing import Player
from tests.faults.steps import Step, drawn, written

SCHEDULES = 20
START = 20261121


@pytest.fixture(scope="module")
def player(kept: tuple[Cluster, FreshBuilder]) -> Iterator[Player]:
    """The cluster of all tests here, with ten screens."""
    playing = Player(*kept)
    yield playing
    playing.seats.stop()


@pytest.mark.parametrize("schedule", drawn(START, SCHEDULES), ids=range(SCHEDULES))
def test_after_any_schedule_every_screen_is_true(player: Player, schedule: list[Step]) -> None:
    assert player.play(schedule) == [], written(schedule)
