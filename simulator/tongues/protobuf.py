"""The bytes of protocol buffers, as far as Sparkplug B needs them. Pure.

Source: the wire format of the protobuf documentation (varints, length-delimited fields).
"""


def varint(value: int) -> bytes:
    """A whole number, seven bits a byte."""
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def number(field: int, value: int) -> bytes:
    """A field with a whole number."""
    return varint(field << 3) + varint(value)


def text(field: int, value: str | bytes) -> bytes:
    """A field with bytes or a text."""
    raw = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | 2) + varint(len(raw)) + raw
