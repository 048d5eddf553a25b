"""A socket that is read in large pieces: paho asks for one byte, then another, then the rest, and
each time the system. Must not know what the bytes mean.
"""

import socket
import ssl
from contextlib import suppress

PIECE_BYTES = 65_536


class LargeReads:
    """A connected socket, as paho wants one. What was read and not yet asked for waits here, where
    no loop sees it: ask `pending` before waiting for more.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._tls = sock if isinstance(sock, ssl.SSLSocket) else None
        self._read = b""
        self._at = 0

    def recv(self, most: int) -> bytes:
        """The next bytes, b"" at the end; the faults of the socket itself."""
        if self._at == len(self._read):
            self._read, self._at = self._sock.recv(PIECE_BYTES), 0
        begin = self._at
        found = self._read[begin : begin + most]
        self._at = begin + len(found)
        return found

    def ahead(self) -> tuple[bytes, int]:
        """What was read, and from where on it was not yet asked for; reads more if that is all."""
        if self._at == len(self._read):
            # What is wrong with the line the next `recv` tells.
            with suppress(OSError):
                self._read, self._at = self._sock.recv(PIECE_BYTES), 0
        return self._read, self._at

    def go_on_at(self, at: int) -> None:
        """What stands before it in what was read needs nobody to ask for it any more."""
        self._at = at

    def pending(self) -> int:
        """How many bytes can be had at least without the system."""
        left = len(self._read) - self._at
        return left if left or self._tls is None else self._tls.pending()

    def send(self, data: bytes | bytearray) -> int:
        """How many bytes of it were taken."""
        return self._sock.send(data)

    def fileno(self) -> int:
        """The system's number, -1 once closed."""
        return self._sock.fileno()

    def setblocking(self, flag: bool) -> None:
        """Whether reading and writing wait."""
        self._sock.setblocking(flag)

    def close(self) -> None:
        """Hang up."""
        self._sock.close()
