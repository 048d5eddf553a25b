"""A process that has read the program once and forks a child for each start of `baylight`.

Started by tests/servers/forked.py, which knows what is sent here; ends with whoever started it.
Reading the program takes a second of a core, and most tests start it for what comes after.
"""

import ctypes
import gc
import importlib
import json
import os
import signal
import socket
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

MOST_BYTES = 1 << 20
CODE = "import sys\nfrom cli import main\nsys.exit(main())"
_READ = ("cli", "board.migrating", "uvloop", "uvicorn.lifespan.on", "uvicorn.protocols.http.auto")
_PR_SET_PDEATHSIG = 1
_MOST_FILES = 1 << 16


class ForkServer:
    """Forks until its line is closed; tells each child's starter how it ended."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._starters: dict[int, socket.socket] = {}

    def run(self) -> None:
        """Serve until nobody holds the other end of the line."""
        for name in _READ:
            importlib.import_module(name)
        gc.collect()
        gc.freeze()
        signal.signal(signal.SIGCHLD, lambda *_: self._reap())
        while True:
            request, files, _, _ = socket.recv_fds(self._line, MOST_BYTES, 4)
            if not request:
                return
            self._start(json.loads(request), files)

    def _start(self, asked: dict[str, Any], files: list[int]) -> None:
        *stdio, starter = files
        # Until it is noted here its end must not be heard.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        ours = os.getpid()
        pid = os.fork()
        if not pid:
            _leave(ours, starter)
            _become(asked["words"], asked["environment"], asked["folder"], stdio)
        self._starters[pid] = socket.socket(fileno=starter)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        for file in stdio:
            os.close(file)

    def _reap(self) -> None:
        while self._starters:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            with self._starters.pop(pid) as starter, suppress(OSError):
                starter.send(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _leave(server: int, starter: int) -> None:
    """End with the fork server from here on, but hear no signals of its; then say our number."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:
        os._exit(1)
    os.setsid()
    os.write(starter, f"{os.getpid()}\n".encode())


def _become(
    words: Sequence[str], environment: Mapping[str, str], folder: str, stdio: Sequence[int]
) -> None:
    """Go on as `python -c CODE words`, as if it had just been started; never returns."""
    for number, file in enumerate(stdio):
        os.dup2(file, number)
    os.closerange(len(stdio), _MOST_FILES)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["-c", *words]
    sys.orig_argv = [sys.executable, "-c", CODE, *words]
    status = 1
    try:
        exec(CODE, {"__name__": "__main__"})
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    ForkServer(socket.socket(fileno=int(sys.argv[1]))).run()
