"""Clocks of 1970, splices, cuts, marks and numbers that are none, in every family of objects."""

import json
from datetime import timedelta

import pytest

from devices.cameras.reading import PlateCameras
from devices.families import opened
from devices.readings import Diagnostic, Event, Finding, Malformed, Observation, State
from tests.devices.cameras import openalpr
from tests.devices.ears import Ear
from tests.devices.moments import NOON
from tests.devices.sparkplugs import metric, payload

EUI, MAC = "24e124329e090021", "3C2EF5AABBCC"
WHOLE: dict[str, tuple[str, dict[str, object]]] = {
    "chirpstack-v4": (
        f"application/a/device/{EUI}/event/up",
        {"deviceInfo": {"devEui": EUI}, "fCnt": 1, "object": {"occupied": True}},
    ),
    "tts-v3": (
        "v3/a@t/devices/d/up",
        {"end_device_ids": {"dev_eui": EUI},
         "uplink_message": {"decoded_payload": {"occupied": True}}},
    ),
    "frigate": (
        "frigate/tracked_object_update",
        {"type": "lpr", "plate": "JD60", "camera": "gate", "id": "t", "score": 0.9},
    ),
    "theengs": (f"home/g/BTtoMQTT/{MAC}", {"model_id": "x", "open": True, "packet": 3}),
    "esp-rfid": ("hall/send", {"type": "access", "uid": "f3ec6234", "isKnown": "true"}),
}  # fmt: skip


def meant(found: list[Observation]) -> int:
    """How many levels and events came of it."""
    return sum(isinstance(one, State | Event) for one in found)


@pytest.mark.parametrize("family", sorted(WHOLE))
def test_a_mark_at_the_beginning_is_tolerated(family: str) -> None:
    topic, value = WHOLE[family]
    plain = Ear(opened(family)).hear(topic, value)
    marked = Ear(opened(family)).hear(topic, b"\xef\xbb\xbf" + json.dumps(value).encode())
    assert meant(plain) > 0
    assert [type(one) for one in marked] == [type(one) for one in plain]


@pytest.mark.parametrize("family", sorted(WHOLE))
def test_what_is_cut_spliced_or_no_number_is_set_aside(family: str) -> None:
    topic, value = WHOLE[family]
    raw = json.dumps(value).encode()
    half = len(raw) // 2
    other = b'0\x10tele/x/SENSOR{"Time":"2026-03-02T12:00:00"}'
    broken = (
        raw[:half],
        raw[:half] + other + raw[half:],
        raw + raw,
        raw.replace(b"{", b'{"extra":NaN,', 1),
        raw.replace(b"{", b'{"extra":1e999,', 1),
        raw[:half] + b"\xff" + raw[half:],
        b"[" * 100 + b"]" * 100,
    )
    for body in broken:
        [found] = Ear(opened(family)).hear(topic, body)
        assert isinstance(found, Malformed), body


@pytest.mark.parametrize("years", [-56, 30])
def test_a_clock_that_is_years_off_is_told_and_the_moment_of_receipt_counts(years: int) -> None:
    seconds = (NOON + timedelta(days=365 * years)).timestamp()
    plate = WHOLE["frigate"][1] | {"timestamp": seconds}
    scan = WHOLE["esp-rfid"][1] | {"time": seconds}
    group = openalpr("JD60", 90) | {"epoch_start": seconds * 1000}
    told = [
        Ear(opened("frigate")).hear(WHOLE["frigate"][0], plate),
        Ear(opened("esp-rfid")).hear(WHOLE["esp-rfid"][0], scan),
        list(PlateCameras().parse("", json.dumps(group).encode(), False, NOON)),
    ]
    for event, finding in told:
        assert isinstance(event, Event)
        assert (event.device_time, event.received_at) == (None, NOON)
        assert isinstance(finding, Diagnostic)
        assert finding.finding is Finding.clock


def test_a_sparkplug_message_that_is_cut_or_spliced_is_set_aside() -> None:
    raw = payload(metric("Occupied", value=True), seq=1)
    for body in (raw[:-3], raw[:9] + b"\x0b\x0c" + raw[9:], raw[:20] + raw):
        [found] = Ear(opened("sparkplug-b")).hear("spBv1.0/g/DBIRTH/e/d", body)
        assert isinstance(found, Malformed)
