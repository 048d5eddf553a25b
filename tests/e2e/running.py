"""A whole shop in a process of its own: started, killed, started again; asked through its doors."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from tests.e2e.cast import EVERY_ROLE, PIN, shop_file
from tests.servers.fair_clock import fair_seconds
from tests.servers.fork_server import CODE
from tests.servers.forked import Forked
from tests.servers.processes import free_port, program

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 60.0
Process = Forked | subprocess.Popen[bytes]

__all__ = ["PIN", "RunningShop", "running_shop", "shop_file", "until"]


def until(holds: Callable[[], Any], seconds: float = WAIT_SECONDS) -> Any:
    """What `holds` returns once it is true; an assertion fails when it never is."""
    deadline = fair_seconds() + seconds
    while True:
        found = holds()
        if found:
            return found
        assert fair_seconds() < deadline, f"waited {seconds} s in vain for {holds}"
        time.sleep(0.02)


class RunningShop:
    """`baylight serve` on a free port, or the given one, with its data in `folder`.

    More than one of `workers` needs DATABASE_URL to name a PostgreSQL.
    """

    def __init__(
        self, folder: Path, port: int = 0, workers: int = 1, /, **environment: str
    ) -> None:
        self.folder = folder
        self.workers = workers
        self.port = port or free_port()
        self.log = folder / "server.log"
        self.environment = {
            **os.environ,
            "BAYLIGHT_DATA": str(folder / "data"),
            "BAYLIGHT_PORT": str(self.port),
            "MQTT_URL": "off",
            **environment,
        }
        self.token = ""
        self.prelude = ""
        """Python that runs in the server's process before it reads the program; '' to fork one."""
        self._process: Process | None = None

    @property
    def url(self) -> str:
        """Where the shop answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        """The address of the shop's database."""
        kept = f"sqlite:///{self.folder}/data/baylight.db"
        return self.environment.get("DATABASE_URL") or kept

    @property
    def runs(self) -> bool:
        """Whether there is a server now."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """The server's process; with several workers the one that watches over them."""
        assert self._process is not None
        return self._process.pid

    def worker_pids(self) -> list[int]:
        """The processes that serve, where there are several workers."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def neighbour(self, folder: Path, **environment: str) -> "RunningShop":
        """The same shop on another machine: its own folder and port, one secret and database."""
        folder.mkdir(exist_ok=True)
        secret = {"BAYLIGHT_SECRET_FILE": str(self.folder / "data" / "secret")}
        shared = {"DATABASE_URL", "REDIS_URL", "MQTT_URL", "BAYLIGHT_CLOCK"} & {*self.environment}
        same = {name: self.environment[name] for name in shared}
        other = RunningShop(folder, 0, self.workers, **{**same, **secret, **environment})
        other.token = self.token
        return other

    def start(self) -> "RunningShop":
        """Start and wait until it is ready."""
        with self.log.open("ab") as log:
            self._process = self._started(["serve", *self._more_words()], log)
        until(self._is_ready)
        return self

    def _more_words(self) -> list[str]:
        return ["--workers", str(self.workers)] if self.workers > 1 else []

    def _started(self, words: Sequence[str], log: IO[bytes]) -> Process:
        if not self.prelude:
            with open(os.devnull, "rb") as nothing:
                stdio = [nothing.fileno(), log.fileno(), log.fileno()]
                return Forked(words, self.environment, stdio)
        owned = [program("setpriv", "util-linux"), "--pdeathsig", "KILL"]
        return subprocess.Popen(
            [*owned, sys.executable, "-c", f"{self.prelude}\n{CODE}", *words],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def _is_ready(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.log.read_text()
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def kill(self) -> None:
        """End the server and its workers as a power cut would."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self.pid, signal.SIGKILL)
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the server to end, as a deploy does."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            process.wait(timeout=WAIT_SECONDS)

    def command_line(self, *words: str, typed: str = "") -> str:
        """What `baylight` prints for these words; `typed` is what it reads.

        subprocess.CalledProcessError carries what it printed when it did not go well.
        """
        with TemporaryFile() as read, TemporaryFile() as told, TemporaryFile() as complained:
            read.write(typed.encode())
            read.seek(0)
            stdio = [read.fileno(), told.fileno(), complained.fileno()]
            status = Forked(words, self.environment, stdio).wait(WAIT_SECONDS)
            said, complaint = (_all_of(file) for file in (told, complained))
        if status:
            raise subprocess.CalledProcessError(status, words, said.encode(), complaint.encode())
        return said

    def set_up(self) -> "RunningShop":
        """Import the test shop and make a key that may do everything; a server that runs knows."""
        file = self.folder / "shop.toml"
        file.write_text(shop_file())
        self.command_line("shop", "import", str(file))
        self.token = self.command_line("token", "create", "t", "--roles", *EVERY_ROLE).strip()
        if self.runs:
            until(lambda: len(self.board()["bays"]) == 6)
        return self

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Status and body of a GET."""
        return self.ask("GET", path, None, headers)

    def ask(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        """Status and body of any request."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=WAIT_SECONDS)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def _with_key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}

    def board(self) -> dict[str, Any]:
        """`GET /api/v1/board`."""
        status, body = self.ask("GET", "/api/v1/board", None, self._with_key())
        assert status == 200, body
        found: dict[str, Any] = json.loads(body)
        return found

    def job(self, plate: str) -> dict[str, Any]:
        """The open job of a plate."""
        return next(job for job in self.board()["jobs"] if job["car"]["plate"] == plate)

    def do(self, name: str, **body: object) -> dict[str, Any]:
        """Ask for a command with the key that may do everything; it must be granted."""
        status, answer = self.attempt(name, **body)
        assert status == 200, (name, body, status, answer)
        return answer

    def attempt(self, name: str, /, **body: object) -> tuple[int, dict[str, Any]]:
        """Ask for a command, granted or not."""
        return self.attempt_once("", name, body)

    def attempt_once(
        self, key: str, name: str, body: Mapping[str, object]
    ) -> tuple[int, dict[str, Any]]:
        """Ask for a command, granted or not; with a key, repeating it is harmless."""
        headers = {**self._with_key(), **({"Idempotency-Key": key} if key else {})}
        text = json.dumps(body).encode()
        status, answer = self.ask("POST", f"/api/v1/commands/{name}", text, headers)
        found: dict[str, Any] = json.loads(answer)
        return status, found

    def receive(self, plate: str, **more: object) -> str:
        """A signed order for a car that is here; the job's id."""
        job = str(self.do("receive_job", car={"plate": plate}, asked="service", **more)["job"])
        self.do("move_job", job=job, to="awaiting_dispatch")
        return job

    def screen_code(self, audience: str) -> str:
        """A single-use code for a screen."""
        return self.command_line("token", "screen", audience).split("  ")[0].strip()


def _all_of(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


@contextmanager
def running_shop(folder: Path, workers: int = 1, /, **environment: str) -> Iterator[RunningShop]:
    """A running test shop, set up before it starts, or by one of its workers; always ended."""
    shop = RunningShop(folder, 0, workers, **environment)
    try:
        yield shop.start().set_up() if workers > 1 else shop.set_up().start()
    finally:
        shop.kill()
