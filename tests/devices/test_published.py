"""Messages are found among a broker's packets, whole and as they were sent; the rest is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.mqtt_publish import Published, published

TOPICS = st.text(min_size=1, max_size=40).map(str.encode)
BODIES = st.binary(max_size=300)
PROPERTIES = st.sampled_from(
    (b"", b"\x01\x01", b"\x02\x00\x00\x00\x3c", b"\x26\x00\x01a\x00\x01b" * 30)
)


def length(found: int) -> bytes:
    """Seven bits a byte, as section 1.5.5 has it."""
    head, rest = found & 127, found >> 7
    return bytes([head | 128]) + length(rest) if rest else bytes([head])


def packet(told: Published, properties: bytes | None) -> bytes:
    """As a broker sends it; None: by the older version, which has no properties."""
    head = 0x30 | told.again << 3 | told.qos << 1 | told.retained
    number = told.number.to_bytes(2) if told.qos else b""
    more = b"" if properties is None else length(len(properties)) + properties
    body = len(told.topic).to_bytes(2) + told.topic + number + more + told.payload
    return bytes([head]) + length(len(body)) + body


@st.composite
def messages(draw: st.DrawFn) -> Published:
    qos = draw(st.integers(0, 1))
    number = draw(st.integers(1, 65_535)) if qos else 0
    flags = draw(st.booleans()), draw(st.booleans())
    return Published(draw(TOPICS), draw(BODIES), qos, number, *flags)


@given(messages(), PROPERTIES, BODIES, BODIES)
def test_a_message_is_read_as_it_was_sent(
    told: Published, properties: bytes, before: bytes, after: bytes
) -> None:
    for version5 in (True, False):
        sent = packet(told, properties if version5 else None)
        found = published(before + sent + after, len(before), version5)
        assert found == (told, len(before) + len(sent))


@given(messages(), PROPERTIES, st.data())
def test_what_has_not_come_to_its_end_is_left(
    told: Published, properties: bytes, data: st.DataObject
) -> None:
    sent = packet(told, properties)
    cut = data.draw(st.integers(0, len(sent) - 1))
    assert published(sent[:cut], 0, True) is None


@given(st.binary(max_size=60), st.integers(0, 60), st.booleans())
def test_whatever_comes_has_an_answer_within_what_came(
    data: bytes, at: int, version5: bool
) -> None:
    found = published(data, at, version5)
    assert found is None or at < found[1] <= len(data)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"\x40\x02\x00\x01", "an acknowledgement"),
        (b"\xd0\x00", "a sign of life"),
        (b"\x34\x07\x00\x01a\x00\x01\x00x", "a message to be sent exactly once"),
        (b"\x36\x07\x00\x01a\x00\x01\x00x", "a message of no known quality"),
        (b"\x30\x04\x00\x00\x00x", "a message without a topic of its own"),
        (b"\x32\x06\x00\x01a\x00\x00\x00", "a message that needs a number and has none"),
        (b"\x30\x03\x00\x05a\x00x\x00\x00", "a topic longer than its packet"),
        (b"\x30\x05\x00\x01a\x09x\x00\x00\x00\x00\x00\x00\x00", "properties longer than it"),
        (b"\x30\xff\xff\xff\xff\x01\x00\x01a\x00x", "a length of five bytes"),
    ],
)
def test_all_else_is_left_to_the_client(sent: bytes, why: str) -> None:
    assert published(sent, 0, True) is None, why
