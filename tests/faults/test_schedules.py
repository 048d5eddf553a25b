"""Random schedules of faults on real processes: nothing is lost or doubled, no screen stays stale.

Seen to fail: with no catch-up in Ticking a screen differs; without the answers of the journal in
write_batch a command is lost or doubled; without the recheck in Showing._changed somebody looks on.
"""

from collections.abc import Iterator

import pytest

from tests.faults.cluster import cluster
from tests.faults.playing import Player
from tests.faults.steps import Step, drawn, written
from tests.servers.postgres import Postgres

SCHEDULES = 20
START = 20261121


@pytest.fixture(scope="module")
def player(
    tmp_path_factory: pytest.TempPathFactory, postgres_cluster: Postgres
) -> Iterator[Player]:
    with cluster(tmp_path_factory.mktemp("cluster"), postgres_cluster) as (made, builder):
        playing = Player(made, builder)
        yield playing
        playing.seats.stop()


@pytest.mark.parametrize("schedule", drawn(START, SCHEDULES), ids=range(SCHEDULES))
def test_after_any_schedule_every_screen_is_true(player: Player, schedule: list[Step]) -> None:
    assert player.play(schedule) == [], written(schedule)
