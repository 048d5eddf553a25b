"""Several worker processes behind one address, and the one that watches over them.

Knows neither shop nor screens. Each worker has a listening socket of its own on the same port;
this process keeps it open once, so a connection waits while its worker is started again.
"""

import asyncio
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

WORKER_OPTION = "--worker"
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
START_SECONDS = 120.0
SIGN_SECONDS = 1.0
SILENT_SECONDS = 15.0
LEAVE_SECONDS = 30.0
REAP_SECONDS = 1.0

LOG = logging.getLogger("baylight")


class Leaves(Protocol):
    """A server as far as a worker's signs need one."""

    serves: asyncio.Event

    def leave(self) -> None:
        """End in order."""


@dataclass(eq=False)
class Worker:
    """One worker; it writes to `signs` when it serves and every second from then on."""

    process: asyncio.subprocess.Process
    signs: asyncio.StreamReader
    began: float
    served: bool = False

    async def serves(self) -> bool:
        """Wait for its first sign of life; False when it ended before."""
        with suppress(TimeoutError):
            async with asyncio.timeout(START_SECONDS):
                self.served = bool(await self.signs.read(1))
        return self.served

    async def ended(self) -> int:
        """Wait for its end, which comes by force when it gives no sign for long; its code."""
        with suppress(TimeoutError):
            while await self._gives_sign():
                pass
            async with asyncio.timeout(REAP_SECONDS):
                return await self.process.wait()
        return await self.end(signal.SIGKILL)

    async def _gives_sign(self) -> bool:
        async with asyncio.timeout(SILENT_SECONDS):
            return bool(await self.signs.read(64))

    async def end(self, how: signal.Signals) -> int:
        """Ask it to end, wait, and kill it when it does not; its code."""
        self._send(how)
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_SECONDS):
                return await self.process.wait()
        self._send(signal.SIGKILL)
        return await self.process.wait()

    def _send(self, how: signal.Signals) -> None:
        # The process's own ways ask for its end first, and its code is then lost to the loop.
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, how)


class Workers:
    """Keeps one worker at every listener until told to end."""

    def __init__(self, count: int, listener: Callable[[], socket.socket]) -> None:
        """`listener` makes one more socket on the port, which a worker listens at."""
        self._slots = range(count)
        self._listener = listener
        self._listeners: dict[int, socket.socket] = {}
        self._at: dict[int, Worker] = {}
        self._turns = [asyncio.Lock() for _ in self._slots]
        self._every: set[Worker] = set()
        self._leaving = asyncio.Event()
        self._rolling = asyncio.Event()

    async def run(self) -> int:
        """Start all, watch, and end all on SIGTERM or SIGINT; SIGHUP renews one after another.

        The first starts alone: what it finds missing (tables, secret, first shop) it makes. When
        it cannot start the answer is 1 and nothing runs.
        """
        self._heed_signals()
        leaving = asyncio.create_task(self._leaving.wait())
        working = asyncio.create_task(self._work())
        done, _ = await asyncio.wait((leaving, working), return_when=asyncio.FIRST_COMPLETED)
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
        await asyncio.gather(*(worker.end(signal.SIGTERM) for worker in self._every))
        return 0 if leaving in done else 1

    async def _work(self) -> None:
        self._at[0] = await self._start(0)
        if not await self._at[0].serves():
            return
        async with asyncio.TaskGroup() as tasks:
            for slot in self._slots:
                tasks.create_task(self._keep(slot))
            tasks.create_task(self._renew_when_asked())

    def _heed_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._leaving.set)
        # Of a terminal it says that the window was closed.
        hung_up = self._leaving if os.isatty(0) else self._rolling
        loop.add_signal_handler(signal.SIGHUP, hung_up.set)

    async def _start(self, slot: int) -> Worker:
        if slot not in self._listeners:
            self._listeners[slot] = self._listener()
        listener = self._listeners[slot].fileno()
        read, write = os.pipe()
        # The code is read anew from disk, so that renewing one after another brings an upgrade in.
        greets = "greet" if not self._at else "quiet"
        words = [*sys.orig_argv[1:], WORKER_OPTION, f"{listener},{write},{greets}"]
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, stdin=asyncio.subprocess.PIPE, pass_fds=(listener, write)
        )
        os.close(write)
        worker = Worker(process, await _reader(read), time.monotonic())
        self._every.add(worker)
        return worker

    async def _keep(self, slot: int) -> None:
        """Start a worker whenever there is none, later and later when it does not stay."""
        pause = FIRST_PAUSE_SECONDS
        if slot not in self._at:
            await self._fill(slot, None)
        while True:
            worker = self._at[slot]
            code = await worker.ended()
            self._every.discard(worker)
            if self._at[slot] is not worker:
                pause = FIRST_PAUSE_SECONDS
                continue
            steady = time.monotonic() - worker.began > STEADY_SECONDS
            pause = FIRST_PAUSE_SECONDS if steady else pause
            if pause > FIRST_PAUSE_SECONDS or not worker.served:
                await self._close(slot, worker)
            LOG.error("a worker ended with code %s; another one starts in %.1f s", code, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
            if not await self._fill(slot, worker):
                pause = FIRST_PAUSE_SECONDS

    async def _close(self, slot: int, gone: Worker) -> None:
        """Close the listener of a worker that is gone; else newcomers would wait there in vain."""
        async with self._turns[slot]:
            if self._at[slot] is gone and slot in self._listeners:
                self._listeners.pop(slot).close()

    async def _fill(self, slot: int, gone: Worker | None) -> bool:
        """Start a worker in the place of one that is gone; False when a renewal did so before."""
        async with self._turns[slot]:
            if self._at.get(slot) is not gone:
                return False
            self._at[slot] = await self._start(slot)
            await self._at[slot].serves()
            return True

    async def _renew_when_asked(self) -> None:
        while True:
            await self._rolling.wait()
            self._rolling.clear()
            for slot in self._slots:
                if not await self._renew(slot):
                    LOG.error("a fresh worker does not start; those that run go on")
                    break

    async def _renew(self, slot: int) -> bool:
        """Put a fresh worker in the place of one, which leaves once the fresh one serves."""
        async with self._turns[slot]:
            fresh = await self._start(slot)
            if not await fresh.serves():
                await fresh.end(signal.SIGKILL)
                self._every.discard(fresh)
                return False
            old, self._at[slot] = self._at.get(slot), fresh
        if old is not None:
            await old.end(signal.SIGTERM)
        return True


async def give_signs(server: Leaves, descriptor: int) -> None:
    """In a worker: say every second that it lives, and leave when nobody watches any more."""
    os.set_inheritable(descriptor, False)
    os.set_blocking(descriptor, False)
    await server.serves.wait()
    # Our input ends with the process that watches over us, however that one ends.
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), _watch_ended, server)
    while True:
        with suppress(BrokenPipeError, BlockingIOError):
            os.write(descriptor, b".")
        await asyncio.sleep(SIGN_SECONDS)


def _watch_ended(server: Leaves) -> None:
    asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
    server.leave()


async def _reader(descriptor: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    pipe = os.fdopen(descriptor, "rb", buffering=0)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    return reader
