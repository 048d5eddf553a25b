"""One shop in several real processes on PostgreSQL and Redis, every line through a proxy of ours.

Knows how to break each part and how to make all whole again; nothing of what must hold then.
"""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from tests.e2e.building_anew import FreshBuilder, fresh_builder
from tests.e2e.running import RunningShop
from tests.faults.proxy import Network, Proxy, network
from tests.faults.steps import SERVERS
from tests.servers.postgres import Postgres
from tests.servers.processes import start_somewhere
from tests.servers.redis_server import RedisServer

JUMPING = """
import board.clock
from datetime import timedelta
from pathlib import Path
real_now, jumped = board.clock.real_now, Path({file!r})
board.clock.real_now = lambda: real_now() + timedelta(seconds=int(jumped.read_text()))
"""
"""The machine's clock, as if somebody set it: so many seconds off as the file says."""


class ShopProcess:
    """One serving process with proxies of its own to the database and to Redis.

    `name`: by which the database knows its sessions.
    """

    def __init__(self, folder: Path, number: int, database: Proxy, redis: Proxy, url: str) -> None:
        self.name = f"process-{number}"
        self.database = database
        self.redis = redis
        self._jumped = folder / f"jumped-{number}"
        self.jump(0)
        address = make_url(url).set(
            host="127.0.0.1", port=database.port, query={"application_name": self.name}
        )
        self.shop = RunningShop(
            folder,
            DATABASE_URL=address.render_as_string(hide_password=False),
            REDIS_URL=f"redis://127.0.0.1:{redis.port}/0",
        )
        self.shop.prelude = JUMPING.format(file=str(self._jumped))
        self.frozen = False

    def jump(self, seconds: int) -> None:
        """Set the clock of this machine so far off."""
        # A reader must see the old or the new text, never the empty file between them.
        fresh = self._jumped.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.replace(self._jumped)
        self.off_seconds = seconds

    def freeze(self) -> None:
        """Stop the process where it is."""
        os.kill(self.shop.pid, signal.SIGSTOP)
        self.frozen = True

    def thaw(self) -> None:
        """Let it go on."""
        if self.frozen:
            os.kill(self.shop.pid, signal.SIGCONT)
        self.frozen = False

    def kill(self) -> None:
        """End it as a power cut would."""
        self.frozen = False
        self.shop.kill()


class Cluster:
    """The shop's processes and what they stand on."""

    def __init__(self, net: Network, redis: RedisServer, folder: Path, url: str) -> None:
        self.net = net
        self.redis = redis
        self.url = url
        self.engine = create_engine(url, poolclass=NullPool)
        socket = f"{make_url(url).query['host']}/.s.PGSQL.5432"
        self.processes = [
            ShopProcess(folder, n, net.proxy(socket), net.proxy((redis.host, redis.port)), url)
            for n in range(SERVERS)
        ]
        self._restarts: dict[int, Future[RunningShop]] = {}
        self._pool = ThreadPoolExecutor(SERVERS)
        self._redis_paused = False

    @property
    def shops(self) -> list[RunningShop]:
        """Every process of the shop, to be asked."""
        return [process.shop for process in self.processes]

    def start(self) -> None:
        """Start all, with the test shop set up."""
        first, *others = self.shops
        first.start().set_up()
        for shop in others:
            shop.token = first.token
            shop.start()

    def kill(self, number: int) -> None:
        """Kill a process; its supervisor starts it again at once."""
        process = self.processes[number]
        if number not in self._restarts:
            process.kill()
            self._restarts[number] = self._pool.submit(process.shop.start)

    def serves(self, number: int) -> bool:
        """Whether a process is neither frozen nor just coming back."""
        back = self._restarts.get(number)
        return not self.processes[number].frozen and (back is None or back.done())

    def pause_redis(self) -> None:
        """Redis accepts and never answers."""
        os.kill(self.redis.pid, signal.SIGSTOP)
        self._redis_paused = True

    def _resume_redis(self) -> None:
        if self._redis_paused:
            os.kill(self.redis.pid, signal.SIGCONT)
        self._redis_paused = False

    def restart_redis_empty(self) -> None:
        """Redis dies and comes back without its memory."""
        self._resume_redis()
        os.kill(self.redis.pid, signal.SIGKILL)
        self.redis.stop()
        self.redis.start()

    @property
    def shop_id(self) -> str:
        """The shop's id."""
        with self.engine.connect() as connection:
            return str(connection.scalar(text("SELECT shop_id FROM heads")))

    def head(self) -> int:
        """The number of the journal's last entry."""
        with self.engine.connect() as connection:
            return int(connection.scalar(text("SELECT max(seq) FROM heads")) or 0)

    def place(self) -> tuple[str, int]:
        """Which history the journal holds, and up to where."""
        asked = "SELECT value, (SELECT max(seq) FROM heads) FROM meta WHERE key = 'epoch'"
        with self.engine.connect() as connection:
            row = connection.execute(text(asked)).one()
        return str(row[0]), int(row[1] or 0)

    def restore(self, seq: int) -> None:
        """Put the database back to where its journal ended at `seq`, under another epoch."""
        with self.engine.begin() as connection:
            connection.execute(text("SELECT seq FROM heads FOR UPDATE"))
            for table in ("events", "commands", "snapshots"):
                connection.execute(text(f"DELETE FROM {table} WHERE seq > :seq"), {"seq": seq})
            connection.execute(text("UPDATE heads SET seq = :seq"), {"seq": seq})
            renewed = "UPDATE meta SET value = md5(random()::text) WHERE key = 'epoch'"
            connection.execute(text(renewed))

    def heal(self) -> None:
        """End every fault, and wait until every process is there again."""
        self._resume_redis()
        for process in self.processes:
            process.thaw()
            process.database.heal()
            process.redis.heal()
        for each in self._restarts.values():
            each.result()
        self._restarts = {}

    def stop(self) -> None:
        """End every process."""
        self.heal()
        for shop in self.shops:
            shop.kill()
        self._pool.shutdown()
        self.engine.dispose()


@contextmanager
def cluster(folder: Path, postgres: Postgres) -> Iterator[tuple[Cluster, FreshBuilder]]:
    """A running cluster on a database of its own, and a process that builds pages anew."""
    name = postgres.new_database()
    with ExitStack() as open_things:
        open_things.callback(postgres.drop, name)
        redis = start_somewhere(lambda port: RedisServer(folder, port))
        open_things.callback(redis.stop)
        net = open_things.enter_context(network())
        made = Cluster(net, redis, folder, postgres.url(name))
        open_things.callback(made.stop)
        made.start()
        with_database = RunningShop(folder, DATABASE_URL=made.url)
        yield made, open_things.enter_context(fresh_builder(with_database))
