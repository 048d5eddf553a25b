"""Finds mosquitto, starts it with our settings on the loopback interface, keeps it running."""

import asyncio
import logging
import os
import shutil
import signal
import socket
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from board.core.slips import Sentence, sentence
from devices.address import BrokerAddress
from devices.broker_files import (
    OUR_USER,
    Credentials,
    Spoken,
    make_credentials,
    read_credentials,
    write_files,
)
from devices.broker_former import end_former, note_broker

LOG = logging.getLogger(__name__)

SYSTEM_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin", "/usr/local/opt/bin")
START_SECONDS = 10.0
STOP_SECONDS = 5.0
LOOK_SECONDS = 1.0
STEADY_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 30.0
MOST_LOG_BYTES = 5_000_000


class BrokerUnavailable(Exception):
    """There is no broker; the text says what a person can do."""

    def __init__(self, words: Sentence) -> None:
        """`words`: the text."""
        super().__init__(words)
        self.words = words


def find_mosquitto() -> str | None:
    """The path of the installed mosquitto, also where ordinary users do not look."""
    folders = os.pathsep.join([os.environ.get("PATH", ""), *SYSTEM_FOLDERS])
    return shutil.which("mosquitto", path=folders)


class Broker:
    """A mosquitto of our own in `folder`. Without `port` the last one is kept if it is free."""

    def __init__(
        self,
        folder: Path,
        site: str,
        *,
        spoken: Spoken | None = None,
        port: int | None = None,
        program: str | None = None,
        first_pause_seconds: float = 1.0,
    ) -> None:
        """Nothing is started before `start`."""
        self.host = "127.0.0.1"
        self.restarts = 0
        self.fault = ""
        self._folder = folder
        self._site = site
        self._spoken = spoken or Spoken()
        self._port = port
        self._program = program
        self._first_pause_seconds = first_pause_seconds
        self._process: asyncio.subprocess.Process | None = None
        self._settings = folder / "mosquitto.conf"
        self._credentials: Credentials | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process else None

    async def start(self) -> BrokerAddress:
        """Start and wait until it listens; BrokerUnavailable says in words why it cannot."""
        if self._program is None:
            self._program = find_mosquitto()
        if self._program is None:
            raise BrokerUnavailable(sentence("no_mosquitto"))
        await end_former(self._folder, self._settings)
        credentials = self._chosen()
        self._credentials = credentials
        self._settings = write_files(self._folder, self._site, self._spoken, self.host, credentials)
        await self._launch()
        return BrokerAddress(self.host, credentials.port, OUR_USER, credentials.ours)

    def let(self, spoken: Spoken) -> None:
        """Devices use these topics from now on; a broker that runs goes on running."""
        self._spoken = spoken
        if self._credentials is not None:
            self._tell(self._credentials)

    async def run(self) -> None:
        """Start it again whenever it ends, until cancelled; then stop it."""
        following = asyncio.create_task(self._follow_passwords())
        try:
            await self._start_again_and_again()
        finally:
            following.cancel()
            await self.stop()

    async def _start_again_and_again(self) -> None:
        pause = self._first_pause_seconds
        while True:
            began = time.monotonic()
            code = await self._process.wait() if self._process else None
            if time.monotonic() - began > STEADY_SECONDS:
                pause = self._first_pause_seconds
            self.fault = f"the MQTT broker ended with code {code}"
            LOG.warning("The MQTT broker ended with code %s; starting it again", code)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
            await self._relaunch()

    async def _follow_passwords(self) -> None:
        """`baylight devices --password` writes them down; mosquitto looks when it is told to."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            kept, ours = read_credentials(self._folder), self._credentials
            if kept is not None and ours is not None and kept.devices != ours.devices:
                self._credentials = replace(ours, devices=kept.devices)
                self._tell(self._credentials)

    def _tell(self, credentials: Credentials) -> None:
        try:
            write_files(self._folder, self._site, self._spoken, self.host, credentials)
        except OSError as fault:
            LOG.warning("The passwords of the MQTT broker cannot be written: %s", fault)
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGHUP)

    async def stop(self) -> None:
        """End it by its process id; kill it if it does not go. Nothing when stopped."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    def _chosen(self) -> Credentials:
        """The port: as told, or the one used last, or any free one."""
        kept = read_credentials(self._folder)
        if self._port is not None:
            if not _is_free(self.host, self._port):
                raise BrokerUnavailable(sentence("port_taken", port=self._port, host=self.host))
            port = self._port
        elif kept is not None and _is_free(self.host, kept.port):
            port = kept.port
        else:
            port = _free_port(self.host)
        return replace(kept, port=port) if kept else make_credentials(port)

    async def _launch(self) -> None:
        log_path = self._folder / "mosquitto.log"
        if log_path.exists() and log_path.stat().st_size > MOST_LOG_BYTES:
            log_path.replace(log_path.with_suffix(".old.log"))
        with log_path.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *_owned(),
                str(self._program),
                "-c",
                str(self._settings),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        note_broker(self._folder, self._process.pid)
        await self._until_it_listens(self._process)

    async def _until_it_listens(self, process: asyncio.subprocess.Process) -> None:
        assert self._credentials is not None
        deadline = time.monotonic() + START_SECONDS
        while _is_free(self.host, self._credentials.port):
            if process.returncode is not None or time.monotonic() > deadline:
                await self.stop()
                log = self._folder / "mosquitto.log"
                raise BrokerUnavailable(sentence("mosquitto_silent", file=log))
            await asyncio.sleep(0.02)
        self.fault = ""

    async def _relaunch(self) -> None:
        self.restarts += 1
        try:
            await self._launch()
        except (BrokerUnavailable, OSError) as fault:
            self.fault = str(fault)
            LOG.warning("The MQTT broker does not start: %s", fault)


def _owned() -> tuple[str, ...]:
    """Where Linux offers it the kernel ends the broker with us, however we end."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "TERM") if setpriv else ()


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((host, port)) != 0


def _free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port
