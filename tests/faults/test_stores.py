"""The database and the broker go away under a running shop; screens live on, all comes back."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.e2e.building_anew import FreshBuilder
from tests.e2e.running import RunningShop, running_shop, until
from tests.e2e.watching import Visitor
from tests.faults.cluster import Cluster
from tests.faults.follower import Follower, follower_of
from tests.faults.proxy import Network
from tests.servers.mosquitto import Mosquitto, StartMosquitto
from tests.servers.postgres import Postgres, postgres_folder
from tests.servers.processes import program

BINDING = (
    '[[sensor]]\ndevice = "native:eye-3"\nchannel = "occupancy"\nbay = "3"\n'
    "enter_seconds = 0\nleave_seconds = 0\n"
)

WAITING = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE wait_event_type = 'Lock' AND application_name = :name AND query ILIKE '%heads%'"
)
"""Sessions of a process that wait for the shop's turn."""


def waits(cluster: Cluster, name: str) -> bool:
    """Whether a process waits for the shop's turn; a transaction would see one moment for ever."""
    with cluster.engine.connect() as connection:
        return bool(connection.scalar(WAITING, {"name": name}))


@pytest.fixture
def mortal() -> Iterator[Postgres]:
    """A PostgreSQL that a test may kill."""
    folder = postgres_folder()
    server = Postgres(folder)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder)
    folder.with_name(f"{folder.name}.log").unlink(missing_ok=True)


def cut_off(server: Postgres) -> None:
    """End a PostgreSQL and all its processes as a power cut would.

    Those that only notice that the first one is gone may serve a moment longer.
    """
    assert server.pid
    served = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    for pid in (server.pid, *map(int, served)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def shows(board: Follower, job: str) -> bool:
    """Whether a board shows a job's card."""
    return bool(board.read(lambda told: f"job-{job}" in told.regions))


def plates(shop: RunningShop) -> list[str]:
    """The plates of every car on the board."""
    return [str(job["car"]["plate"]) for job in shop.board()["jobs"]]


def test_postgresql_killed_and_started_again_has_all_that_was_acknowledged(
    net: Network, mortal: Postgres, tmp_path: Path
) -> None:
    """Falls over when a desk that failed to write once does so for ever."""
    with running_shop(tmp_path, DATABASE_URL=mortal.url(mortal.new_database())) as shop:
        board = follower_of(net, Visitor(shop).sign_in("mona"), "board").start()
        before = shop.receive("京L10001")
        cut_off(mortal)
        status, answer = shop.attempt("receive_job", car={"plate": "京L10002"})
        assert (status, answer["code"]) == (503, "journal_unavailable")
        assert shop.get("/healthz")[0] == 200
        mortal.stop()
        mortal.start()
        status, answer = shop.attempt("receive_job", car={"plate": "京L10002"})
        assert status == 200, answer
        until(lambda: shows(board, str(answer["job"])))
        assert shows(board, before)
        assert board.read(lambda told: (told.dials, told.snapshots)) == (1, 1)


def test_a_command_that_finds_its_connection_dead_is_done_on_another(
    mortal: Postgres, tmp_path: Path
) -> None:
    """Falls over without `pool_pre_ping=True` in database._postgres_engine."""
    url = mortal.url(mortal.new_database())
    ours = create_engine(url, poolclass=NullPool)
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with running_shop(tmp_path, DATABASE_URL=url) as shop, ours.connect() as connection:
        for number in range(8):
            connection.execute(text(f"SELECT pg_terminate_backend(pid) {others}"))
            status, answer = shop.attempt("receive_job", car={"plate": f"京L2000{number}"})
            assert status == 200, answer


def test_postgresql_that_hangs_stops_no_heartbeat(
    net: Network, kept: tuple[Cluster, FreshBuilder]
) -> None:
    """Falls over without `hub.beat` in pulse, which asks no journal and waits for none."""
    process = kept[0].processes[0]
    board = follower_of(net, Visitor(process.shop).sign_in("mona"), "board").start()
    until(lambda: board.read(lambda told: told.beats))
    process.database.stall()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(process.shop.do, "receive_job", car={"plate": "京L10003"})
        beats = board.read(lambda told: told.beats)
        until(lambda: board.read(lambda told: told.beats) > beats)
        assert not asked.done()
        process.database.heal()
        job = str(asked.result()["job"])
    until(lambda: shows(board, job))
    assert board.read(lambda told: told.dials) == 1


def test_postgresql_that_hangs_for_long_is_told_of_and_what_was_asked_is_done_once(
    kept: tuple[Cluster, FreshBuilder],
) -> None:
    """Falls over without `not_for_ever` in `commands.ask` and `Health._write`, or when each look
    of readyz takes a thread of its own.
    """
    process = kept[0].processes[0]
    shop, wanted = process.shop, {"car": {"plate": "京L10004"}}
    process.database.stall()
    with ThreadPoolExecutor(12) as pool:
        looks = [pool.submit(shop.get, "/readyz") for _ in range(10)]
        asked = pool.submit(shop.attempt_once, "hung-1", "receive_job", wanted)
        assert [look.result()[0] for look in looks] == [503] * 10
        status, answer = asked.result()
    assert (status, answer["code"]) == (503, "journal_unavailable")
    process.database.heal()
    until(lambda: shop.get("/readyz")[0] == 200)
    status, answer = shop.attempt_once("hung-1", "receive_job", wanted)
    assert status == 200, answer
    assert plates(shop).count("京L10004") == 1


def test_a_process_frozen_in_its_turn_keeps_nobody_else_from_theirs(
    kept: tuple[Cluster, FreshBuilder],
) -> None:
    """Falls over without `idle_in_transaction_session_timeout` in `board/database.py`."""
    cluster, wanted = kept[0], {"car": {"plate": "京L10005"}}
    frozen, other = cluster.processes[:2]
    with ThreadPoolExecutor(1) as pool:
        with cluster.engine.begin() as ours:
            ours.execute(text("SELECT seq FROM heads FOR UPDATE"))
            asked = pool.submit(frozen.shop.attempt_once, "frozen-1", "receive_job", wanted)
            until(lambda: waits(cluster, frozen.name))
            frozen.freeze()
        # From here on the frozen process has the shop's turn.
        until(lambda: other.shop.attempt("receive_job", car={"plate": "京L10006"})[0] == 200, 60)
        frozen.thaw()
        assert asked.result()[0] == 503
    status, answer = frozen.shop.attempt_once("frozen-1", "receive_job", wanted)
    assert status == 200, answer
    until(lambda: "京L10005" in plates(other.shop))
    assert plates(other.shop).count("京L10005") == 1


@pytest.fixture
def broker(start_mosquitto: StartMosquitto) -> Mosquitto:
    """A broker that a test may kill."""
    return start_mosquitto()


def say(broker: Mosquitto, occupied: bool) -> None:
    """The sensor of bay 3 publishes its level."""
    line = [program("mosquitto_pub", "mosquitto-clients"), "-h", broker.host, "-q", "1"]
    line += ["-p", str(broker.port), "-t", "shop/main/dev/eye-3/st/occupancy"]
    subprocess.run([*line, "-m", json.dumps({"v": occupied})], check=True)


def sensed(shop: RunningShop) -> str:
    """What bay 3 knows."""
    bay = next(each for each in shop.board()["bays"] if each["id"] == "3")
    return str(bay["sensed"]["presence"]) if bay["sensed"] else ""


def trouble(shop: RunningShop) -> str:
    """What the shop says about its sensors."""
    told = json.loads(shop.get("/readyz")[1])
    return str(told.get("degraded", {}).get("sensors", ""))


def test_broker_killed_and_started_again_is_heard_again(broker: Mosquitto, tmp_path: Path) -> None:
    """Falls over when a link asks for its topics once only: `self._subscribe()` in mqtt.py."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sensors.toml").write_text(BINDING)
    with running_shop(tmp_path, MQTT_URL=broker.url) as shop:
        until(lambda: not trouble(shop))
        say(broker, True)
        until(lambda: sensed(shop) == "present")
        broker.kill()
        until(lambda: trouble(shop))
        shop.receive("京L10004")
        broker.start()
        until(lambda: not trouble(shop))
        say(broker, False)
        until(lambda: sensed(shop) == "absent")
