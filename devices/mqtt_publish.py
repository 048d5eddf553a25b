"""The messages among the packets of a broker, read at once: of all that comes only they are many.

Pure; what it does not know it leaves to paho. Source: MQTT 5.0 and 3.1.1, section 3.3.
"""

from msgspec import Struct

PUBLISH = 3
MOST_LENGTH_BYTES = 4


class Published(Struct, frozen=True, gc=False):
    """One message of QoS 0 or 1; `number` is that of its packet, 0 with QoS 0."""

    topic: bytes
    payload: bytes
    qos: int
    number: int
    retained: bool
    again: bool


def published(data: bytes, at: int, version5: bool) -> tuple[Published, int] | None:
    """The message that begins at `at`, and where the next packet does; None for any other packet,
    for one that is not there to its end, and for whatever is odd.
    """
    try:
        return _published(data, at, version5)
    except IndexError:
        return None


def _published(data: bytes, at: int, version5: bool) -> tuple[Published, int] | None:
    head = data[at]
    qos = head >> 1 & 3
    if head >> 4 != PUBLISH or qos > 1:
        return None
    length, begin = _length(data, at + 1)
    end, topic = begin + length, begin + 2 + int.from_bytes(data[begin : begin + 2])
    rest = topic + 2 * qos
    number = int.from_bytes(data[topic:rest])
    if version5:
        properties, rest = _length(data, rest)
        rest += properties
    if end > len(data) or rest > end or topic == begin + 2 or (qos and not number):
        return None
    told = Published(
        data[begin + 2 : topic], data[rest:end], qos, number, bool(head & 1), bool(head & 8)
    )
    return told, end


def _length(data: bytes, at: int) -> tuple[int, int]:
    """A length of one to four bytes, seven bits in each, and where it ends."""
    found = data[at]
    if found < 128:
        return found, at + 1
    found &= 127
    for place in range(1, MOST_LENGTH_BYTES):
        byte = data[at + place]
        found |= (byte & 127) << 7 * place
        if byte < 128:
            return found, at + place + 1
    raise IndexError("a length of more than four bytes")
