"""Random schedules of faults on real processes: nothing is lost or doubled, no screen stays stale.

Seen to fail: with no catch-up in Ticking a screen differs; without the answers of the journal in
write_batch a command is lost or doubled; without the recheck in Showing._changed somebody looks on.
"""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from tests.e2e.building_anew import FreshBuilder
from tests.e2e.running import ROOT
from tests.faults.cluster import Cluster
from tests.faults.ledger import broken_promises
from tests.faults.left_over import left_by_redials
from tests.faults.playing import Player
from tests.faults.steps import KINDS, Step, drawn, written

SCHEDULES = 20
START = 20261121
MUST_COME = frozenset(
    {
        "command",
        "duplicate",
        "kill",
        "restart_redis_empty",
        "pause_redis",
        "cut",
        "half_open",
        "stop_reading",
        "wake",
        "revoke",
        "restore",
        "jump",
    }
)
DRAWN = drawn(START, SCHEDULES)

LEAK = """
import os
import displays.joined as joined
class Leaking(joined.JoinedWire):
    def __init__(self, transport, *others):
        super().__init__(transport, *others)
        os.dup(transport.get_extra_info("socket").fileno())
import displays.protocol
displays.protocol.JoinedWire = Leaking
"""


@pytest.fixture(scope="module")
def player(kept: tuple[Cluster, FreshBuilder]) -> Iterator[Player]:
    """The cluster of all tests here, with ten screens."""
    playing = Player(*kept)
    yield playing
    playing.seats.stop()


def test_every_kind_of_fault_comes() -> None:
    found = {step.name for schedule in DRAWN for step in schedule}
    assert found == KINDS.keys()
    assert found >= MUST_COME


def test_a_seed_draws_the_same_for_the_tests_and_the_bench() -> None:
    """Falls over as soon as anything but the seed has a say in what is drawn."""
    code = f"from bench.schedules import drawn, written\nfor each in drawn({START}, {SCHEDULES}):\n"
    code += "    print(written(each))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert told.stdout.decode().splitlines() == [written(each) for each in DRAWN]
    assert drawn(START, 2 * SCHEDULES)[:SCHEDULES] == DRAWN


@pytest.mark.parametrize("schedule", DRAWN, ids=range(SCHEDULES))
def test_after_any_schedule_every_screen_is_true(player: Player, schedule: list[Step]) -> None:
    assert player.play(schedule) == [], written(schedule)


def test_no_redial_leaves_a_descriptor_behind(player: Player) -> None:
    """Falls over with a descriptor left behind by each socket, as the next test does it."""
    assert left_by_redials(player.cluster, player.seats) == []


def test_a_descriptor_left_by_each_socket_is_found(player: Player) -> None:
    """Falls over when MORE_AFTER_REDIALS is as large as what all redials leave."""
    process = player.cluster.processes[0]
    usual = process.shop.prelude
    process.shop.prelude = usual + LEAK
    player.cluster.kill(0)
    player.cluster.heal()
    assert [each.kind for each in left_by_redials(player.cluster, player.seats)] == ["left over"]
    process.shop.prelude = usual
    player.cluster.kill(0)
    player.cluster.heal()


_AGAIN = """
INSERT INTO events (shop_id, seq, at, actor, command_id, job_id, kind, version, body, via)
SELECT shop_id, seq + 1, at, actor, command_id, job_id, kind, version, body, via
FROM events WHERE seq = :seq
"""


def test_what_is_done_twice_under_one_key_is_found(player: Player) -> None:
    """Falls over when the ledger looks for no second effect; nothing else looks wrong then."""
    cluster = player.cluster
    before = cluster.head()
    cluster.shops[0].do("receive_job", job="twice", car={"plate": "京F99999"})
    kinds = text("SELECT seq FROM events WHERE seq > :after AND kind = 'job_opened'")
    later = text("UPDATE events SET seq = seq + 1000 WHERE seq > :seq")
    nearer = text("UPDATE events SET seq = seq - 999 WHERE seq > :seq + 1000")
    with cluster.engine.connect() as connection:
        assert broken_promises(connection, before, []) == []
        seq = connection.scalar(kinds, {"after": before})
        connection.execute(later, {"seq": seq})
        connection.execute(nearer, {"seq": seq})
        connection.execute(text(_AGAIN), {"seq": seq})
        found = broken_promises(connection, before, [])
        connection.rollback()
    assert [each.kind for each in found] == ["doubled"]
