"""A network, a shop in one process, and a shop in two processes on one PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.devices.bridges import local
from tests.e2e.building_anew import FreshBuilder, fresh_builder
from tests.e2e.running import RunningShop, running_shop
from tests.e2e.watching import Visitor
from tests.faults.bound_devices import BOUND, KEPT
from tests.faults.cluster import Cluster, cluster
from tests.faults.hearing_shop import HearingShop, hearing_shop
from tests.faults.proxy import Network, network
from tests.hub.live_server import LiveServer
from tests.servers.mosquitto import Mosquitto
from tests.servers.postgres import Postgres
from tests.servers.processes import start_somewhere


@pytest.fixture
def net() -> Iterator[Network]:
    """A network whose weather the test makes."""
    with network() as started:
        yield started


@pytest.fixture
def live() -> Iterator[LiveServer]:
    """A hub of its own, behind a real server, without a shop."""
    server = LiveServer().start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """A shop in one process, kept for all tests here; who ends it starts it again."""
    with running_shop(tmp_path_factory.mktemp("shop")) as running:
        yield running


@pytest.fixture(scope="session")
def builder(shop: RunningShop) -> Iterator[FreshBuilder]:
    """A process that builds pages from the shop's journal alone."""
    with fresh_builder(shop) as started:
        yield started


@pytest.fixture
def mona(shop: RunningShop) -> Visitor:
    """The manager, signed in."""
    return Visitor(shop).sign_in("mona")


@pytest.fixture
def two(tmp_path: Path, postgres_database: str) -> Iterator[tuple[RunningShop, RunningShop]]:
    """One shop in two processes that share nothing but the database and the secret."""
    with running_shop(tmp_path, DATABASE_URL=postgres_database) as one:
        other = RunningShop(tmp_path, DATABASE_URL=postgres_database)
        other.token = one.token
        try:
            yield one, other.start()
        finally:
            other.kill()


@pytest.fixture(scope="session")
def kept(
    tmp_path_factory: pytest.TempPathFactory, postgres_cluster: Postgres
) -> Iterator[tuple[Cluster, FreshBuilder]]:
    """A shop in two processes with a Redis between them, and a builder of true pages."""
    with cluster(tmp_path_factory.mktemp("cluster"), postgres_cluster) as made:
        yield made


@pytest.fixture(scope="session")
def hearing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HearingShop]:
    """Sensors that listen for all rows of their table, each with bays of its own."""
    folder = tmp_path_factory.mktemp("hearing")
    broker = start_somewhere(lambda port: Mosquitto(folder, port))
    with hearing_shop(BOUND, local(broker.port), folder, KEPT) as running:
        yield running
    broker.stop()
