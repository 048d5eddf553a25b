"""WebSocket frames as an attacker builds them, sound or not."""

import os
import struct
import zlib

TEXT, BINARY, CLOSE, PING, PONG = 0x81, 0x82, 0x88, 0x89, 0x8A
FIRST_PART, NEXT_PART, LAST_PART = 0x01, 0x00, 0x80
DEFLATED = 0x40
MASK = bytes(4)


def frame(payload: bytes, first: int = TEXT, claimed: int | None = None) -> bytes:
    """A masked frame; `claimed` is the length that its head tells."""
    size = len(payload) if claimed is None else claimed
    if size < 126:
        head = struct.pack("!BB", first, 0x80 | size)
    elif size < 65536:
        head = struct.pack("!BBH", first, 0xFE, size)
    else:
        head = struct.pack("!BBQ", first, 0xFF, size)
    return head + MASK + payload


def bomb(megabytes: int) -> bytes:
    """So many megabytes of blanks, deflated; about a thousandth of that."""
    squeeze = zlib.compressobj(9, wbits=-15)
    block = b" " * 1024 * 1024
    parts = [squeeze.compress(block) for _ in range(megabytes)]
    return (b"".join(parts) + squeeze.flush(zlib.Z_SYNC_FLUSH))[:-4]


def noise(size: int) -> bytes:
    """Bytes that mean nothing."""
    return os.urandom(size)


def goodbye(said: bytes) -> int | None:
    """The code of the close frame at the end of what was said."""
    for at in range(len(said) - 4, max(-1, len(said) - 130), -1):
        if said[at] == CLOSE and said[at + 1] == len(said) - at - 2:
            return int.from_bytes(said[at + 2 : at + 4])
    return None
