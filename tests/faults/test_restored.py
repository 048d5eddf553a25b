"""The database is put back to a backup while everybody looks: nobody keeps what is no longer so."""

from collections.abc import Iterator

import pytest

from tests.e2e.building_anew import FreshBuilder, changed_regions
from tests.e2e.running import until
from tests.faults.cluster import Cluster
from tests.faults.follower import Told
from tests.faults.seats import HOLDERS, Seat, Seats
from tests.faults.truth import fresh_at


@pytest.fixture
def seats(kept: tuple[Cluster, FreshBuilder]) -> Iterator[Seats]:
    """Ten screens at two processes."""
    watching = Seats(kept[0])
    for seat in watching.all:
        until(lambda: seat.follower.read(lambda told: told.beats))  # noqa: B023
    yield watching
    watching.stop()


def test_database_restored_from_backup_gives_every_screen_one_snapshot(
    kept: tuple[Cluster, FreshBuilder], seats: Seats
) -> None:
    """Falls over when write_batch trusts the shop it knows whatever the turn's epoch says."""
    cluster, builder = kept
    one, other = cluster.shops
    before = one.receive("京K10001")
    backup = one.folder / "backup.tar.gz"
    one.command_line("backup", str(backup))
    lost = other.receive("京K10002")
    for seat in seats.all:
        if seat.audience == "board":
            until(lambda: seat.follower.read(lambda told: f"job-{lost}" in told.regions))  # noqa: B023
    first = seats.all[0].follower.read(lambda told: told.epoch)
    one.command_line("restore", str(backup), "--yes")
    for seat in seats.all:
        until(lambda: seat.follower.read(lambda told: told.epoch != first))  # noqa: B023
    for seat in seats.all:
        until(lambda: _is_true(seat, builder))  # noqa: B023
        told: Told = seat.follower.read(lambda told: told)
        assert f"job-{lost}" not in told.regions
        assert (told.dials, told.faults) == (1, [])
    assert {job["id"] for job in other.board()["jobs"]} >= {before}
    again = one.receive("京K10003")
    until(lambda: f"job-{again}" in seats.all[-1].follower.read(lambda told: told.regions))


def _is_true(seat: Seat, builder: FreshBuilder) -> bool:
    told: Told = seat.follower.read(lambda told: told)
    fresh = fresh_at(builder, told.at, HOLDERS)[seat.truth]
    return not changed_regions(told.regions, fresh)
