"""The line of a paho client: dials it, and reads and writes for it in our own event loop.

Only the dialling has a thread: two that take turns for every message cost more than the messages.
Must not know what is said on the line.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from devices.mqtt_client import LeanClient
from devices.mqtt_publish import Published, published
from devices.mqtt_socket import LargeReads

LOG = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
UPKEEP_SECONDS = 1.0
MOST_AT_ONCE = 50
"""So many packets are read before others in this program have their turn."""


class Line:
    """Between one client and its broker, dialled again after each loss until it is ended."""

    def __init__(
        self,
        client: LeanClient,
        version5: bool,
        take: Callable[[Published], None],
        unanswered: Callable[[OSError], None],
        heard: Callable[[], float],
    ) -> None:
        """`take` is given the messages; what else comes is the client's. `unanswered` is told why
        dialling failed; `heard`: when anything was last taken. A line that said nothing is dialled
        again as late as if it had not been there.
        """
        self._client, self._version5, self._take = client, version5, take
        self._unanswered = unanswered
        self._heard = heard
        self._closed = asyncio.Event()
        self._sock: LargeReads | None = None
        self._number = -1
        self._wants_room = self._reads_on = False
        self._is_ended = False
        self._dialling: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to dial, in the running loop."""
        loop, client = asyncio.get_running_loop(), self._client

        def soon(what: Callable[..., None], *given: object) -> None:
            loop.call_soon_threadsafe(what, *given)

        client.on_socket_open = lambda c, u, sock: soon(self._opened, sock)
        client.on_socket_close = lambda c, u, sock: self._left()
        client.on_socket_register_write = lambda c, u, sock: soon(self.flush)
        self._dialling = loop.create_task(self._dial())
        self._dialling.add_done_callback(self._told)

    @property
    def is_dead(self) -> bool:
        """Whether nobody dials any more: a defect."""
        return self._dialling is not None and self._dialling.done()

    def flush(self) -> None:
        """Write what waits; what finds no room goes out when there is some."""
        if self._number < 0:
            return
        self._client.loop_write()
        wants_room = self._number >= 0 and self._client.want_write()
        if wants_room is not self._wants_room:
            loop = asyncio.get_running_loop()
            if wants_room:
                loop.add_writer(self._number, self.flush)
            elif self._number >= 0:
                loop.remove_writer(self._number)
            self._wants_room = wants_room

    def end(self) -> None:
        """Hang up, with a word if it can be said at once."""
        self._is_ended = True
        if self._dialling is not None:
            self._dialling.cancel()
        self._client.disconnect()
        self.flush()
        sock = self._client.socket()
        self._left()
        if sock is not None:
            sock.close()

    async def _dial(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            self._closed.clear()
            try:
                await asyncio.to_thread(self._client.reconnect)
            except OSError as fault:
                self._unanswered(fault)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
            else:
                before = self._heard()
                await self._kept_up()
                pause = FIRST_PAUSE_SECONDS if self._heard() > before else pause
            await asyncio.sleep(pause)

    async def _kept_up(self) -> None:
        """Until the line is closed: the client asks the broker for a sign of life when due."""
        while not self._closed.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(UPKEEP_SECONDS):
                    await self._closed.wait()
            self._client.loop_misc()

    def _opened(self, sock: LargeReads) -> None:
        if self._is_ended:
            sock.close()
            return
        self._sock, self._number = sock, sock.fileno()
        asyncio.get_running_loop().add_reader(self._number, self._read_unless_read_on)

    def _read_unless_read_on(self) -> None:
        """One reading a turn: who hears what was read has a turn, too."""
        if not self._reads_on:
            self._read()

    def _read(self) -> None:
        for _ in range(MOST_AT_ONCE):
            if not self._takes_message():
                self._client.loop_read()
            if self._number < 0 or self._sock is None or not self._sock.pending():
                return
        self._reads_on = True
        asyncio.get_running_loop().call_soon(self._read_on)

    def _takes_message(self) -> bool:
        """Whether the next packet was a message. paho's own way to one costs five times as much."""
        if self._sock is None or self._client.is_within_packet:
            return False
        found = published(*self._sock.ahead(), self._version5)
        if found is None:
            return False
        told, end = found
        self._sock.go_on_at(end)
        self._take(told)
        return True

    def _read_on(self) -> None:
        self._reads_on = False
        if self._number >= 0:
            self._read()

    def _left(self) -> None:
        """The socket is about to be closed."""
        number, self._number = self._number, -1
        if number >= 0:
            loop = asyncio.get_running_loop()
            loop.remove_reader(number)
            loop.remove_writer(number)
        self._wants_room = False
        self._closed.set()

    def _told(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and (fault := task.exception()) is not None:
            LOG.error("Dialling the broker failed", exc_info=fault)
