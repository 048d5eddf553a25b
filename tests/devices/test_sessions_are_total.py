"""Whatever Sparkplug nodes, LoRa servers, gateways and cameras send, in any order, is answered."""

import json
from time import perf_counter, process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.cameras.reading import PlateCameras
from devices.families import opened
from devices.families.sparkplug_nodes import ASK_AGAIN
from devices.readings import Diagnostic, Event, Finding, Malformed, Quality, State
from tests.devices.cameras import MAKERS, hikvision, with_pictures
from tests.devices.ears import Ear
from tests.devices.moments import NOON
from tests.devices.samples import samples
from tests.devices.sparkplugs import BOOLEAN, DOUBLE, STRING, metric, payload

KINDS = ("NBIRTH/e", "NDATA/e", "NDEATH/e", "DBIRTH/e/d", "DDATA/e/d", "DDEATH/e/d", "DCMD/e/d")
NAMES = st.sampled_from(["", "bdSeq", "Occupied", "a/Battery", "Distance", "Button", "Inputs/A"])
VALUES = st.sampled_from(
    [(BOOLEAN, True), (BOOLEAN, False), (BOOLEAN, None), (DOUBLE, 0.0), (DOUBLE, float("nan")),
     (DOUBLE, float("inf")), (STRING, "single"), (STRING, "free"), (3, 2**31), (1, 255)]
)  # fmt: skip
METRICS = st.builds(
    lambda name, value, alias, at, past, quality: metric(
        name, value[0], value[1], alias=alias, at=at, historical=past, quality=quality
    ),
    NAMES,
    VALUES,
    st.none() | st.integers(0, 3),
    st.none() | st.sampled_from([0, 2**62]),
    st.booleans(),
    st.sampled_from([None, None, 192, 0, 500, 7]),
)
BODIES = st.builds(
    lambda metrics, seq, at: payload(*metrics, seq=seq, at=at),
    st.lists(METRICS, max_size=4),
    st.none() | st.integers(0, 6) | st.just(2**63),
    st.integers(0, 3),
)
ROWS = st.lists(st.tuples(st.sampled_from(KINDS), BODIES | st.binary(max_size=30)), max_size=12)


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_a_node_may_say_anything_in_any_order(row: list[tuple[str, bytes]]) -> None:
    ear, asked, birth_first = Ear(opened("sparkplug-b")), 0, False
    for kind, body in row:
        found = ear.hear(f"spBv1.0/g/{kind}", body)
        birth_first = birth_first or kind.endswith("BIRTH/e") or kind.startswith("DBIRTH")
        asked = 0 if kind == "NBIRTH/e" and found else asked
        for one in found:
            is_asking = isinstance(one, Diagnostic) and one.finding is Finding.rebirth_wanted
            asked += is_asking
            assert birth_first or not isinstance(one, State), "before any birth nothing is known"
            if isinstance(one, State):
                assert (one.value is None) is (one.quality is not Quality.good)
        assert asked <= 1, "not asked again before it could answer"
        assert ear.hear(f"spBv1.0/g/{kind}", body, retained=True) in ([], found)


def test_a_node_that_does_not_answer_is_asked_again_later() -> None:
    ear = Ear(opened("sparkplug-b"))
    wait = ASK_AGAIN.total_seconds()
    told = [
        len(ear.hear("spBv1.0/g/NDATA/e", payload(seq=number), seconds))
        for number, seconds in enumerate((0, 1, wait - 1, wait + 1, wait + 2))
    ]
    assert told == [1, 0, 0, 1, 0]


EUI = "24e124329e090021"
OBJECTS: dict[str, tuple[str, dict[str, object]]] = {
    "chirpstack-v4": (f"application/a/device/{EUI}/event/up", {"deviceInfo": {"devEui": EUI}}),
    "tts-v3": ("v3/a@t/devices/d/up", {"end_device_ids": {"dev_eui": EUI}}),
    "frigate": ("frigate/events", {}),
    "theengs": (f"home/g/BTtoMQTT/{EUI[:12]}", {"model_id": "x", "id": EUI[:12]}),
    "esp-rfid": ("hall/send", {}),
}
WORDS = (
    "deviceInfo devEui devEUI objectJSON object fCnt devAddr rxInfo rssi snr time batteryLevel "
    "end_device_ids dev_eui uplink_message decoded_payload f_cnt rx_metadata occupied distance "
    "press type after before id camera label recognized_license_plate current_zones stationary "
    "plate score timestamp open packet button batt encr cipher uid isKnown src desc door"
)
KEYS = st.sampled_from(tuple(WORDS.split()))
PLAIN = st.sampled_from(
    [None, True, False, 0, -1, 255, 1e308, -1e308, "", "lpr", "access", "door", "car", "start",
     "long press", "\ud800", "\0", EUI, "京AD12345"]
)  # fmt: skip
TREES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=14,
)


@pytest.mark.parametrize("family", sorted(OBJECTS))
@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.dictionaries(KEYS, TREES, max_size=8), st.booleans()), max_size=4))
def test_objects_of_any_shape_are_answered(
    family: str, row: list[tuple[dict[str, object], bool]]
) -> None:
    ear, (topic, fixed) = Ear(opened(family)), OBJECTS[family]
    for value, retained in row:
        found = ear.hear(topic, value | fixed, retained=retained)
        assert not (retained and any(isinstance(one, Event) for one in found))
        assert all(one.value is None or one.quality is Quality.good for one in found
                   if isinstance(one, State))  # fmt: skip


MANY = {f"gpio_in_{number}": 1 for number in range(490)}
PACKED = json.dumps({"a": [1] * 4900, "b": [2] * 4900, "c": [3] * 4900})
LARGEST: list[tuple[str, str, object]] = [
    ("chirpstack-v4", OBJECTS["chirpstack-v4"][0], {"deviceInfo": {"devEui": EUI}, "object": MANY}),
    ("chirpstack-v4", OBJECTS["chirpstack-v4"][0], {"devEUI": EUI, "objectJSON": PACKED}),
    ("tts-v3", OBJECTS["tts-v3"][0],
     {"end_device_ids": {"dev_eui": EUI}, "uplink_message": {"decoded_payload": MANY}}),
    ("theengs", OBJECTS["theengs"][0], {"model_id": "x", "open": True, **MANY}),
    ("frigate", "frigate/events", {"after": {"camera": "c", "label": "car", "current_zones":
     ["z"] * 4900, "stationary": True, "path_data": [[1, 1]] * 3000}}),
    ("esp-rfid", "hall/send", {"type": "access", "uid": "f" * 60_000}),
    ("nuki", "nuki/2BB28570/lockActionEvent", b"1," * 30_000),
    ("sparkplug-b", "spBv1.0/g/NBIRTH/e",
     payload(*(metric(f"In/{one}", value=True, alias=one, quality=192) for one in range(300)))),
    ("sparkplug-b", "spBv1.0/g/NBIRTH/e", b"\x12\x28" + b"\x20\x0b" * 20),
]  # fmt: skip


@pytest.mark.parametrize(("family", "topic", "value"), LARGEST)
def test_the_largest_message_costs_little(family: str, topic: str, value: object) -> None:
    """Of five tries the quickest, by the time of this process, on a machine that is busy."""
    took, body = [], value if isinstance(value, bytes) else json.dumps(value).encode()
    for _ in range(5):
        ear, began = Ear(opened(family)), process_time()
        found = ear.hear(topic, body)
        took.append(process_time() - began)
        assert len(found) <= 301
    assert min(took) < 0.005


@pytest.mark.parametrize("piece", ["a\n", "&#97;", "&amp;"])
def test_a_document_told_in_many_pieces_costs_little(piece: str) -> None:
    """Of five tries the quickest; before lengths were kept, 65 KB took half a second."""
    body, took = f"<a>{piece * (60_000 // len(piece))}</a>".encode(), []
    for _ in range(5):
        began = process_time()
        found = PlateCameras("gate").parse("text/xml", body, False, NOON)
        took.append(process_time() - began)
        assert isinstance(found[0], Malformed)
    assert min(took) < 0.05


TYPES = st.sampled_from(
    ["application/json", "", "text/xml", "multipart/form-data; boundary=7e13971310878",
     "multipart/mixed", 'multipart/x; boundary="', "multipart/x; boundary=-"]
)  # fmt: skip
POSTED = [
    *(json.dumps(told).encode() if isinstance(told, dict) else told
      for told in (maker("JD60", 90) for maker in MAKERS)),
    hikvision("JD60"), with_pictures(hikvision("JD60"))[1],
    *(one.payload for one in samples().values() if one.topic.startswith("POST")),
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(POSTED), TYPES, st.data())
def test_a_damaged_body_of_a_camera_is_answered(
    whole: bytes, kind: str, data: st.DataObject
) -> None:
    raw = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, max(0, min(len(raw), 3000) - 1)))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=3))
    cut = bytes(raw[: data.draw(st.integers(0, len(raw)))])
    for body in (bytes(raw), cut, data.draw(st.binary(max_size=60))):
        found = PlateCameras().parse(kind, body, False, NOON)
        assert len(found) <= 40
        assert not [one for one in PlateCameras().parse(kind, body, True, NOON)
                    if isinstance(one, Event)]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        b"<a>" * 80_000,
        b"<a b='" + b"x" * 200_000,
        b"\r\n".join(b"Events[%d].a=b" % number for number in range(15_000)),
        b"--7e13971310878\r\n" * 60_000,
        b'{"data":' * 50_000,
    ],
)
def test_a_hostile_body_costs_little(body: bytes) -> None:
    took = []
    for _ in range(3):
        began = perf_counter()
        for kind in ("application/json", "multipart/form-data; boundary=7e13971310878"):
            [found] = PlateCameras().parse(kind, body, False, NOON)
            assert isinstance(found, Malformed)
        took.append(perf_counter() - began)
    assert min(took) < 0.02
