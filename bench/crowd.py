"""A real server with a shop of many jobs, and a crowd of 200 screens that watch it.

Server and crowd run on cores of their own where the machine has two: the server on the first,
everything else of the measurement, this process too, on the others.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from bench.seeding import Seat, Seeded, seed
from bench.sockets import Arrival, Standing, attend
from tests.servers.postgres import DURABLE, Postgres, postgres_folder
from tests.servers.processes import Server, free_port, program

HOME = Path(__file__).resolve().parents[1]
_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORES, OTHER_CORES = ({_CORES[0]}, set(_CORES[1:])) if _CORES[1:] else (set(_CORES),) * 2
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def cores_said() -> str:
    """Which cores measure what, for the table."""
    return f"server on core {_said(SERVER_CORES)}, clients on {_said(OTHER_CORES)}"


def _said(cores: set[int]) -> str:
    return "+".join(map(str, sorted(cores)))


def cpu_seconds(pid: int) -> float:
    """CPU that a process and its threads have used, user and system."""
    with suppress(FileNotFoundError):
        # Counted in nanoseconds where the kernel keeps scheduling figures.
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) / TICKS_PER_SECOND


@dataclass(slots=True)
class Shop:
    """`baylight serve` in a process of its own, on a free port, over a seeded shop."""

    environment: dict[str, str]
    folder: Path
    seeded: Seeded
    _server: Server | None = field(default=None)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.environment["BAYLIGHT_PORT"])

    @property
    def pid(self) -> int:
        """The serving process."""
        assert self._server is not None
        assert self._server.pid is not None
        return self._server.pid

    def snapshot_bytes(self) -> int:
        """Size of the snapshot that a start would read."""
        with closing(sqlite3.connect(self.folder / "data" / "baylight.db")) as database:
            return int(database.execute("SELECT length(body) FROM snapshots").fetchone()[0])

    def start(self, path: str = "/readyz") -> float:
        """Start and wait for a 200 at `path`; seconds it took from the start of the process."""
        pinned = [program("taskset", "util-linux"), "-c", _said(SERVER_CORES).replace("+", ",")]
        code = "import sys; from cli import main; sys.exit(main(['serve']))"
        command = [
            program("env", "coreutils"),
            *(f"{name}={value}" for name, value in self.environment.items()),
            *pinned,
            sys.executable,
            "-c",
            code,
        ]
        self._server = Server(command, self.folder / "server.log")
        began = time.monotonic()
        self._server.start(lambda: self._answers(path))
        return time.monotonic() - began

    def _answers(self, path: str) -> bool:
        try:
            return self.get(path)[0] == 200
        except OSError:
            return False

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a GET with the first key."""
        return self.ask("GET", path, None, 0)

    def ask(self, method: str, path: str, body: bytes | None, key: int) -> tuple[int, bytes]:
        """Status and body of any request, on a connection of its own."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"authorization": f"Bearer {self.seeded.keys[key]}"}
        if body is not None:
            headers["content-type"] = "application/json"
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def do(self, name: str, /, **body: object) -> int:
        """Ask for a command that must be granted; its seq."""
        status, answer = self.ask("POST", f"/api/v1/commands/{name}", json.dumps(body).encode(), 0)
        if status != 200:
            raise RuntimeError(f"{name} {body}: {status} {answer.decode()}")
        return int(json.loads(answer)["seq"])

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server; SIGKILL as a power cut would."""
        if self._server is not None:
            self._server.stop(how)


class Crowd:
    """The screens that watch a shop, in a process of their own."""

    def __init__(self, shop: Shop, seats: tuple[Seat, ...], compressed: bool) -> None:
        """Opens every socket and waits until each is current."""
        self.seats = seats
        context = get_context("spawn")
        self._line: Connection
        self._line, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=attend, args=(seats, shop.port, compressed, theirs), daemon=True
        )
        self._process.start()
        theirs.close()
        if self._hear() != "ready":
            raise RuntimeError("the crowd did not come in")

    def _hear(self) -> object:
        return self._line.recv()

    def mark(self) -> None:
        """Forget what was heard."""
        self._line.send("mark")
        self._hear()

    def heard(self) -> list[Arrival]:
        """Every message since the mark."""
        self._line.send("heard")
        heard: list[Arrival] = self._line.recv()
        return heard

    def standing(self) -> list[Standing]:
        """Where every screen stands."""
        self._line.send("standing")
        standing: list[Standing] = self._line.recv()
        return standing

    def settled(self, seq: int, seconds: float = 30.0) -> list[Standing]:
        """Where all stand once all are current and know of `seq`; RuntimeError if never."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            standing = self.standing()
            if all(one.is_open and one.seq >= seq for one in standing):
                return standing
            time.sleep(0.2)
        late = [one for one in standing if not one.is_open or one.seq < seq]
        raise RuntimeError(f"{len(late)} screens are not current, as {late[0]}")

    def leave(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self._line.send("end")
        self._process.join(10)
        self._process.kill()


@contextmanager
def shop_of(jobs: int, more: Mapping[str, str] | None = None) -> Iterator[Shop]:
    """A seeded shop with SQLite, running; `more` goes into the server's environment."""
    os.sched_setaffinity(0, OTHER_CORES)
    folder = Path(tempfile.mkdtemp(prefix="baylight-bench-"))
    environment = {
        "BAYLIGHT_DATA": str(folder / "data"),
        "BAYLIGHT_PORT": str(free_port()),
        "MQTT_URL": "off",
        "PYTHONPATH": str(HOME),
        **(more or {}),
    }
    try:
        shop = Shop(environment, folder, seed(environment, jobs))
        shop.start()
        yield shop
        shop.stop(signal.SIGKILL)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres_of_its_own() -> Iterator[tuple[str, int]]:
    """A PostgreSQL that waits for the disk: an empty database's address and its main process."""
    folder = postgres_folder()
    cluster = Postgres(folder, DURABLE)
    try:
        cluster.start()
        yield cluster.url(cluster.new_database()), cluster.pid
        cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def family_cpu_seconds(pid: int) -> float:
    """CPU of a process and of the children it has now."""
    listed = subprocess.run(
        [program("pgrep", "procps"), "-P", str(pid)], capture_output=True, check=False, text=True
    )
    return sum(cpu_seconds(one) for one in (pid, *map(int, listed.stdout.split())))


@contextmanager
def crowd_of(
    shop: Shop, seats: tuple[Seat, ...] | None = None, compressed: bool = True
) -> Iterator[Crowd]:
    """The 200 screens of the shop, or these, attached and current."""
    crowd = Crowd(shop, shop.seeded.seats if seats is None else seats, compressed)
    try:
        yield crowd
    finally:
        crowd.leave()
