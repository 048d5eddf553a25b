"""Starts of `baylight` in children of a process that has read the program already.

A child is a process like any other: with its own environment, files, signals and end. How the
program is read, and started anew by itself, is tried where a test starts Python itself.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO

from tests.servers.processes import Process, Server

ROOT = Path(__file__).resolve().parents[2]
_TURN = Lock()
_LINES: list[tuple[socket.socket, subprocess.Popen[bytes]]] = []


class Forked:
    """One started `baylight`, in a session of its own; used like subprocess.Popen."""

    def __init__(
        self, words: Sequence[str], environment: Mapping[str, str], stdio: Sequence[int]
    ) -> None:
        """`stdio`: the open files that become its input, output and errors."""
        asked = {"words": [*words], "environment": {**environment}, "folder": str(ROOT)}
        self._told, theirs = socket.socketpair()
        with theirs, _TURN:
            socket.send_fds(_line(), [json.dumps(asked).encode()], [*stdio, theirs.fileno()])
        self._heard = b""
        self.returncode: int | None = None
        self.pid = int(self._next_line(None) or 0)
        assert self.pid, "the fork server has ended"

    def poll(self) -> int | None:
        """How it ended, None while it runs."""
        return self._end(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; subprocess.TimeoutExpired after so many seconds."""
        ended = self._end(timeout)
        if ended is None:
            raise subprocess.TimeoutExpired("baylight", timeout or 0)
        return ended

    def send_signal(self, how: signal.Signals) -> None:
        """Send a signal; nothing when it has ended."""
        if self.poll() is None:
            # It may have ended, and nobody has told us yet.
            with suppress(ProcessLookupError):
                os.kill(self.pid, how)

    def _end(self, seconds: float | None) -> int | None:
        if self.returncode is None and (said := self._next_line(seconds)) is not None:
            # Nothing is said when the fork server was killed, and its children with it.
            self.returncode = int(said or -signal.SIGKILL)
            self._told.close()
        return self.returncode

    def _next_line(self, seconds: float | None) -> bytes | None:
        """What the fork server says next; None when it has not by then, b'' when it never will."""
        while b"\n" not in self._heard:
            if not select.select([self._told], [], [], seconds)[0]:
                return None
            if not (more := self._told.recv(64)):
                return b""
            self._heard += more
        said, _, self._heard = self._heard.partition(b"\n")
        return said


class ForkedServer(Server):
    """`baylight` with these words as a server, with its output in `log` until `stop`."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        super().__init__(("baylight", *words), log)
        self._words = tuple(words)
        self._environment = {**environment}

    def _started(self, log: IO[bytes]) -> Process:
        with open(os.devnull, "rb") as nothing:
            stdio = [nothing.fileno(), log.fileno(), log.fileno()]
            return Forked(self._words, self._environment, stdio)


def _line() -> socket.socket:
    """The way to the fork server of this run, which is started when it is first asked."""
    if not _LINES:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        number = theirs.fileno()
        command = [sys.executable, "-m", "tests.servers.fork_server", str(number)]
        # It ends when the line does: nobody need stop it.
        with theirs:
            server = subprocess.Popen(
                command,
                cwd=ROOT,
                pass_fds=[number],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        _LINES.append((ours, server))
    return _LINES[0][0]
