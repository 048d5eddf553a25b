"""Real MQTT brokers for tests: `mosquitto` is shared, `start_mosquitto` makes private ones."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.servers.processes import Server, program, start_somewhere

StartMosquitto = Callable[..., "Mosquitto"]
"""Called with `passwords` = {user: password} or with nothing for a broker that takes anybody, and
with `more` lines for its settings.
"""


class Mosquitto:
    """A broker on the loopback interface; stop and start it again to play an outage."""

    host = "127.0.0.1"

    def __init__(
        self,
        folder: Path,
        port: int,
        passwords: Mapping[str, str] | None = None,
        more: Sequence[str] = (),
    ) -> None:
        self.port = port
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        settings = folder / f"mosquitto-{port}.conf"
        settings.write_text(
            "\n".join([*self._settings(), *_access(folder, passwords or {}), *more]) + "\n"
        )
        command = [program("mosquitto", "mosquitto"), "-c", str(settings)]
        self._server = Server(command, folder / "mosquitto.log")

    @property
    def url(self) -> str:
        """The address without user and password."""
        return f"mqtt://{self.host}:{self.port}"

    def start(self) -> None:
        """Start and wait until it listens."""
        self._server.start_on(self.port)

    def stop(self) -> None:
        """End the broker; what it kept in memory is gone."""
        self._server.stop()

    def kill(self) -> None:
        """End the broker as a power cut would."""
        self._server.stop(signal.SIGKILL)

    def pause(self) -> None:
        """Let it hang: its connections stay, and nothing is answered."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it run again."""
        self._signal(signal.SIGCONT)

    def _signal(self, which: signal.Signals) -> None:
        assert self._server.pid is not None
        os.kill(self._server.pid, which)

    def change_password(self, user: str, password: str) -> None:
        """From its next start on, or for who comes after `SIGHUP`."""
        _write_password(self.folder / "passwords", user, password)

    def _settings(self) -> list[str]:
        # As root mosquitto would become another user, who cannot read the test's folder.
        user = ["user root"] if os.geteuid() == 0 else []
        return [f"listener {self.port} {self.host}", "persistence false", *user]


def _access(folder: Path, passwords: Mapping[str, str]) -> list[str]:
    if not passwords:
        return ["allow_anonymous true"]
    file = folder / "passwords"
    file.touch(mode=0o600)
    for user, password in passwords.items():
        _write_password(file, user, password)
    return ["allow_anonymous false", f"password_file {file}"]


def _write_password(file: Path, user: str, password: str) -> None:
    command = [program("mosquitto_passwd", "mosquitto"), "-b", str(file), user, password]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="session")
def mosquitto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    """The broker all tests share: use topics of your own and do not stop it."""
    folder = tmp_path_factory.mktemp("mosquitto")
    broker = start_somewhere(lambda port: Mosquitto(folder, port))
    yield broker
    broker.stop()


@pytest.fixture
def start_mosquitto(tmp_path: Path) -> Iterator[StartMosquitto]:
    """Makes brokers for one test; each may be stopped and started again."""
    brokers: list[Mosquitto] = []

    def start(passwords: Mapping[str, str] | None = None, more: Sequence[str] = ()) -> Mosquitto:
        folder = tmp_path / f"mosquitto-{len(brokers)}"
        brokers.append(start_somewhere(lambda port: Mosquitto(folder, port, passwords, more)))
        return brokers[-1]

    yield start
    for broker in brokers:
        broker.stop()
