"""Real Redis servers for tests: `redis_server` is shared, `private_redis` may be stopped."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.servers.processes import Server, program, start_somewhere


class RedisServer:
    """A Redis on the loopback interface that keeps nothing on disk."""

    host = "127.0.0.1"

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        command = [program("redis-server", "redis-server"), "--port", str(port)]
        command += ["--bind", self.host, "--dir", str(folder), "--save", "", "--appendonly", "no"]
        self._server = Server(command, folder / "redis.log")

    @property
    def url(self) -> str:
        """The address of its first database."""
        return f"redis://{self.host}:{self.port}/0"

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._server.pid is not None
        return self._server.pid

    def start(self) -> None:
        """Start and wait until it listens."""
        self._server.start_on(self.port)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server; what it held is gone."""
        self._server.stop(how)

    def hang(self) -> None:
        """Let it accept and never answer, until `wake`."""
        self._signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, how: signal.Signals) -> None:
        assert self._server.pid is not None
        os.kill(self._server.pid, how)


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """The server all tests share: use names of your own and do not stop it."""
    folder = tmp_path_factory.mktemp("redis")
    server = start_somewhere(lambda port: RedisServer(folder, port))
    yield server
    server.stop()


@pytest.fixture
def private_redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A server of one test, which may stop it and start it again."""
    server = start_somewhere(lambda port: RedisServer(tmp_path, port))
    yield server
    with suppress(AssertionError):
        server.wake()
    server.stop()
