"""What a page sends over a live socket, bytes to messages, with hard limits on all of it.

Pure: no sockets, no clock. Parses RFC 6455 frames by itself, because a general parser keeps
kilobytes for each connection and costs ten times as much for the few small messages there are.
"""

import zlib
from collections.abc import Iterator

from websockets.utils import apply_mask

from displays.wire import PROTOCOL_FAULT, TOO_BIG

INBOUND_BYTES = 4096
"""The longest message a page may send, also after inflation."""

INBOUND_PARTS = 8

CONTINUED, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA

_FIN, _RSV1, _RSV, _OPCODE, _CONTROL, _MASKED = 0x80, 0x40, 0x70, 0x0F, 0x08, 0x80
_KNOWN = frozenset({CONTINUED, TEXT, BINARY, CLOSE, PING, PONG})
_MASK_BYTES = 4
_EMPTY_BLOCK = b"\0\0\xff\xff"


class Fault(Exception):
    """The peer broke the protocol; `code` is what to close with."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Inbound:
    """One connection's incoming side. `deflated`: compression was agreed, without memory."""

    __slots__ = ("_deflated", "_first", "_parts", "_rest")

    def __init__(self, deflated: bool) -> None:
        self._deflated = deflated
        self._rest = b""
        self._first = 0
        self._parts: list[bytes] | None = None

    @property
    def is_unfinished(self) -> bool:
        """Whether a message waits for its last part."""
        return self._parts is not None

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The whole messages and control frames that end in `data`: (opcode, payload).

        Raises Fault at the first byte against the protocol; after that the object is of no use.
        """
        data, at = self._rest + data, 0
        self._rest = b""
        while found := _frame(data, at):
            first, payload, at = found
            if (message := self._taken(first, payload)) is not None:
                yield message
        self._rest = data[at:]

    def _taken(self, first: int, payload: bytes) -> tuple[int, bytes] | None:
        """What a frame completes, if anything."""
        opcode = first & _OPCODE
        if opcode & _CONTROL:
            return opcode, payload
        parts = self._begun(first)
        parts.append(payload)
        if len(parts) > INBOUND_PARTS or sum(map(len, parts)) > INBOUND_BYTES:
            raise Fault(TOO_BIG)
        if not first & _FIN:
            return None
        self._parts = None
        whole = b"".join(parts)
        return self._first & _OPCODE, _inflated(whole) if self._first & _RSV1 else whole

    def _begun(self, first: int) -> list[bytes]:
        """The parts of the message that a data frame begins or goes on with."""
        is_later = first & _OPCODE == CONTINUED
        if is_later != (self._parts is not None) or (
            first & _RSV1 and not self._may_deflate(first)
        ):
            raise Fault(PROTOCOL_FAULT)
        if self._parts is None:
            self._first, self._parts = first, []
        return self._parts

    def _may_deflate(self, first: int) -> bool:
        return self._deflated and first & _OPCODE != CONTINUED


def _frame(data: bytes, at: int) -> tuple[int, bytes, int] | None:
    """The frame that begins at `at`: first byte, payload, end; None while it is not complete."""
    if len(data) < at + 2:
        return None
    first, size, start = data[at], data[at + 1] & ~_MASKED, at + 2
    _check(first, data[at + 1])
    if size == 126:
        start += 2
        size = int.from_bytes(data[at + 2 : start]) if len(data) >= start else 0
    if size > INBOUND_BYTES or data[at + 1] & ~_MASKED == 127:
        raise Fault(TOO_BIG)
    end = start + _MASK_BYTES + size
    if len(data) < end:
        return None
    mask = data[start : start + _MASK_BYTES]
    return first, apply_mask(data[start + _MASK_BYTES : end], mask), end


def _check(first: int, second: int) -> None:
    """What can be told from the first two bytes."""
    opcode = first & _OPCODE
    is_odd_control = opcode & _CONTROL and (
        not first & _FIN or first & _RSV or second & ~_MASKED > 125
    )
    is_odd = opcode not in _KNOWN or first & _RSV & ~_RSV1 or not second & _MASKED
    if is_odd or is_odd_control:
        raise Fault(PROTOCOL_FAULT)


def _inflated(payload: bytes) -> bytes:
    squeezed = zlib.decompressobj(wbits=-15)
    try:
        plain = squeezed.decompress(payload + _EMPTY_BLOCK, INBOUND_BYTES + 1)
    except zlib.error:
        raise Fault(PROTOCOL_FAULT) from None
    if len(plain) > INBOUND_BYTES:
        raise Fault(TOO_BIG)
    return plain
