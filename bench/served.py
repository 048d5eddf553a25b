"""A real shop for measurements: `baylight serve` in a process of its own, filled with open jobs.

Everything goes through the public doors, so that what is measured is what a shop would feel.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path

from bench.cores import SERVER_CORE
from simulator.crew import Crew, read_crew
from simulator.http import Connection, Json, Unreachable, dialled

HOME = Path(__file__).resolve().parents[1]
SHOP_FILE = HOME / "examples" / "demo.toml"
START_SECONDS = 60.0
ASKERS = 8
OWN_SETTINGS = ("BAYLIGHT_", "DATABASE_URL", "REDIS_URL", "MQTT_URL")


class Served:
    """One shop, from its folder to its port; `kill` and `start` as often as wanted."""

    def __init__(self, folder: Path, /, *words: str, **settings: str) -> None:
        """`words` go to `baylight serve`, `settings` are its own."""
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.crew: Crew = read_crew(SHOP_FILE.read_text("utf-8"))
        self.token = ""
        self._words = words
        self.core = SERVER_CORE
        outside = {k: v for k, v in os.environ.items() if not k.startswith(OWN_SETTINGS)}
        self.environment = {
            **outside,
            "BAYLIGHT_DATA": str(folder / "data"),
            "BAYLIGHT_PORT": str(self.port),
            "MQTT_URL": "off",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process is not None
        return self._process.pid

    @property
    def database(self) -> str:
        """The address of the shop's database."""
        kept = f"sqlite:///{self.folder}/data/baylight.db"
        return self.environment.get("DATABASE_URL") or kept

    def start(self) -> None:
        """Start without waiting."""
        core = min(self.core, (os.cpu_count() or 1) - 1)
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                ["taskset", "-c", str(core), *_baylight("serve", *self._words)],
                cwd=HOME,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self) -> None:
        """Wait for the first answer. RuntimeError with the server's last words if it ends."""
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > deadline:
                words = (self.folder / "server.log").read_text(errors="replace")[-800:]
                raise RuntimeError(f"the server did not start:\n{words}")
            time.sleep(0.02)

    def answers(self) -> bool:
        """Whether the shop can be asked now."""
        asked = Connection(self.url)
        try:
            return asked.get("/readyz").status == 200
        except Unreachable:
            return False
        finally:
            asked.close()

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the server and wait until it is gone; harmless when there is none."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            process.wait()

    def command_line(self, *words: str) -> str:
        """What `baylight` prints for these words. CalledProcessError when it fails."""
        done = subprocess.run(
            _baylight(*words), cwd=HOME, env=self.environment, capture_output=True, check=True
        )
        return done.stdout.decode()

    def set_up(self) -> None:
        """Import the shop and make a key that may do everything."""
        self.command_line("shop", "import", str(SHOP_FILE))
        roles = ("manager", "advisor", "controller", "technician", "team_leader", "inspector")
        made = self.command_line("token", "create", "bench", "--roles", *roles, "washer", "parts")
        self.token = made.split()[-1]


def _baylight(*words: str) -> list[str]:
    return [sys.executable, "-c", "import sys; from cli import main; sys.exit(main())", *words]


def free_port() -> int:
    """A port of the loopback interface that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(*words: str, **settings: str) -> Iterator[Served]:
    """A shop that is set up and answers; it ends with its folder, whatever happens."""
    with tempfile.TemporaryDirectory(prefix="baylight-bench-shop-") as folder:
        shop = Served(Path(folder), *words, **settings)
        try:
            shop.set_up()
            shop.start()
            shop.wait_until_ready()
            yield shop
        finally:
            shop.end()


class Key:
    """One program at the API, with the key that may do everything. Its connection stays open."""

    def __init__(self, shop: Served) -> None:
        self._line = dialled(shop.url)
        self._head = {"Authorization": f"Bearer {shop.token}", "Content-Type": "application/json"}

    def do(self, name: str, key: str, /, **body: object) -> Json:
        """Ask for a command; it must be granted. RuntimeError otherwise."""
        status, answer = self.attempt(name, key, body)
        if status != 200:
            raise RuntimeError(f"{name} {body}: {status} {answer}")
        return answer

    def attempt(self, name: str, key: str, body: Mapping[str, object]) -> tuple[int, Json]:
        """Ask for a command, granted or not. OSError or HTTPException when nobody answers."""
        return self._ask(
            "POST", f"/api/v1/commands/{name}", json.dumps(body), {"Idempotency-Key": key}
        )

    def read(self, path: str) -> Json:
        """GET some JSON."""
        return self._ask("GET", path, None, {})[1]

    def _ask(
        self, method: str, path: str, body: str | None, head: Mapping[str, str]
    ) -> tuple[int, Json]:
        try:
            self._line.request(method, path, body, {**self._head, **head})
            answer = self._line.getresponse()
            found: Json = json.loads(answer.read())
        except (OSError, HTTPException):
            self._line.close()
            raise
        return answer.status, found


def fill(shop: Served, jobs: int) -> list[str]:
    """Open so many jobs, spread over the lanes as on a full day; their ids."""
    keys = [Key(shop) for _ in range(ASKERS)]
    shares = [range(asker, jobs, ASKERS) for asker in range(ASKERS)]
    with ThreadPoolExecutor(ASKERS) as pool:
        opened = pool.map(_open_share, keys, [shop.crew] * ASKERS, shares)
        return [job for share in opened for job in share]


def _open_share(key: Key, crew: Crew, numbers: Sequence[int]) -> list[str]:
    return [_open_job(key, crew, number) for number in numbers]


REQUESTS = ("四万公里保养，空调不凉", "左前异响", "更换刹车片", "年检前检查", "事故维修，前保险杠")
MODELS = ("E3", "Model 3", "秦PLUS", "帕萨特", "凯美瑞", "Q5L", "问界M7")
COLOURS = ("白", "黑", "银", "蓝", "红")


def _open_job(key: Key, crew: Crew, number: int) -> str:
    """One of six works: waiting for dispatch, in work's queue, held for parts, at its check …"""
    job = f"car-{number:05d}"
    at = datetime.now(UTC) + timedelta(hours=2, minutes=number % 300)
    car = {
        "plate": f"京A{number:05d}",
        "model": MODELS[number % 7],
        "colour": COLOURS[number % 5],
    }
    customer = {"name": "周先生", "phone": f"138{number:08d}"}
    what = {"car": car, "customer": customer, "asked": REQUESTS[number % 5], "keys": str(number)}
    advisor = crew.advisors[number % len(crew.advisors)]
    key.do("receive_job", f"r-{job}", job=job, **what, advisor=advisor, promise=at.isoformat())
    if number % 6 == 0:
        return job
    key.do("move_job", f"m-{job}", job=job, to="awaiting_dispatch")
    if number % 6 > 1:
        technician = list(crew.skills)[number % len(crew.skills)]
        bay = crew.work_bays[number % len(crew.work_bays)]
        key.do("dispatch_job", f"d-{job}", job=job, bay=bay, technicians=[technician])
    if number % 6 == 5:
        key.do("hold_job", f"h-{job}", job=job, hold="technical_help")
    if number % 6 == 4:
        key.do("place_car", f"p-{job}", job=job, where="parking", spot=f"B{number:03d}")
    return job
