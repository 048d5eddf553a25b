"""Server processes of the tests: found, started on free ports, awaited, stopped by their pid."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol, TypeVar

SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")
START_SECONDS = 120.0
STOP_SECONDS = 10.0
TRIES = 5


class ServerFailed(RuntimeError):
    """A server is not installed or did not start; the text says what to do."""


def program(name: str, package: str, folders: Sequence[str] = SYSTEM_FOLDERS) -> str:
    """The path of an installed program; ServerFailed names the Debian package if it is missing."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *folders])
    found = shutil.which(name, path=path)
    if found is None:
        raise ServerFailed(f"{name} is not installed: apt-get install {package} (or: make test)")
    return found


def free_port() -> int:
    """A port of the loopback interface that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listens(port: int) -> bool:
    """Whether somebody accepts connections on this port of the loopback interface."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


class Process(Protocol):
    """One that was started: subprocess.Popen, or what is used like it."""

    @property
    def pid(self) -> int:
        """Its number."""

    def poll(self) -> int | None:
        """How it ended, None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; subprocess.TimeoutExpired after so many seconds."""

    def send_signal(self, how: signal.Signals, /) -> None:
        """Send a signal; nothing when it has ended."""


class Server:
    """One process of ours: `command` runs with its output in `log` until `stop`.

    Start it from the thread that outlives it: it ends with the thread that started it.
    """

    def __init__(self, command: Sequence[str], log: Path) -> None:
        self._command = tuple(command)
        self._log = log
        self._process: Process | None = None

    def start(self, ready: Callable[[], bool]) -> None:
        """Start and wait until `ready`; ServerFailed carries the end of the server's own log."""
        with self._log.open("ab") as log:
            process = self._process = self._started(log)
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready(ready):
            if process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise ServerFailed(f"{self._command[0]} did not start:\n{self._last_words()}")
            time.sleep(0.02)

    def _started(self, log: IO[bytes]) -> Process:
        # The kernel ends the server if the test run is killed before it can stop it.
        owned = [program("setpriv", "util-linux"), "--pdeathsig", "KILL", *self._command]
        return subprocess.Popen(owned, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def start_on(self, port: int) -> None:
        """Start and wait until somebody listens on this port, which must be free now."""
        if listens(port):
            raise ServerFailed(f"port {port} is taken")
        self.start(lambda: listens(port))

    @property
    def pid(self) -> int | None:
        """The process id while it is started, otherwise None."""
        return self._process.pid if self._process else None

    def _is_ready(self, ready: Callable[[], bool]) -> bool:
        return self._process is not None and self._process.poll() is None and ready()

    def _last_words(self) -> str:
        return self._log.read_text(errors="replace")[-2000:]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Send `how`, wait for the end, kill if it does not come. Does nothing when stopped."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()


class Startable(Protocol):
    """A server that can be started where it was told to listen."""

    def start(self) -> None:
        """Start and wait until ready; ServerFailed otherwise."""


S = TypeVar("S", bound=Startable)


def start_somewhere(make: Callable[[int], S]) -> S:
    """Start what `make` builds for a free port; on another port if somebody took it meanwhile."""
    for _ in range(TRIES - 1):
        server = make(free_port())
        with suppress(ServerFailed):
            server.start()
            return server
    server = make(free_port())
    server.start()
    return server
