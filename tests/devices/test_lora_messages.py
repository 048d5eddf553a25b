"""Uplinks of ChirpStack and The Things Stack mean levels, presses and the best gateway's radio."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.adapters import Adapter
from devices.families.chirpstack import ChirpStack
from devices.families.things_stack import ThingsStack
from devices.readings import (
    Availability,
    Diagnostic,
    Discovery,
    Event,
    Finding,
    Level,
    Malformed,
    Observation,
    State,
)
from devices.recall import Recall, recall
from tests.devices.moments import NOON

EUI = "24e124329e090021"
CHIRP = f"application/bays/device/{EUI}/event/"
THINGS = "v3/bays@ttn/devices/eye/"
EUIS = st.from_regex(r"[0-9a-f]{16}", fullmatch=True)


def read(adapter: Adapter, topic: str, value: object, retained: bool = False) -> list[Observation]:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    found: list[Observation] = []
    for one in adapter.parse(topic, raw, retained, NOON):
        found.extend(recall(Recall(), adapter, one)[1])
    return found


def chirp(values: object, frame: int = 7, kind: str = "up", **more: object) -> list[Observation]:
    told = {"deviceInfo": {"devEui": EUI}, "devAddr": "0018", "fCnt": frame, "object": values}
    return read(ChirpStack(), CHIRP + kind, {**told, **more})


def things(values: object, **envelope: object) -> list[Observation]:
    ids = {"device_id": "eye", "dev_eui": EUI.upper(), "dev_addr": "0018"}
    up = {"decoded_payload": values, **envelope}
    return read(ThingsStack(), THINGS + "up", {"end_device_ids": ids, "uplink_message": up})


def levels(found: list[Observation]) -> dict[str, Level]:
    return {one.channel: one.value for one in found if isinstance(one, State)}


VALUES: list[tuple[dict[str, Any], dict[str, Level]]] = [
    ({"distance": 2140, "position": "normal", "battery": 87}, {"distance": 2140, "battery": 87}),
    ({"occupied": True}, {"occupancy": True}),
    ({"occupied": 0}, {"occupancy": False}),
    ({"occupancy": "vacant"}, {"occupancy": False}),
    ({"parking_status": "Occupied"}, {"occupancy": True}),
    ({"magnet_status": "open"}, {"door": True}),
    ({"DOOR_OPEN_STATUS": 0}, {"door": False}),
    ({"leakage_status": "leak"}, {"leak": True}),
    ({"gpio_in_2": "on"}, {"input-2": True}),
    ({"digital_in_3": 1, "presence_5": 0}, {"input-3": True, "occupancy-5": False}),
    ({"BatV": 3.05}, {"battery_mv": 3050}),
    ({"occupied": None}, {"occupancy": None}),
    ({"occupied": "perhaps"}, {"occupancy": None}),
    ({"occupied": 2}, {"occupancy": None}),
    ({"battery": 255}, {"battery": None}),
    ({"distance": -1}, {"distance": None}),
    ({"temperature": 5.6}, {}),
    ({}, {}),
    ({"type": "startup", "occupied": False, "battery": 9}, {"battery": 9}),
]


@pytest.mark.parametrize(("values", "meaning"), VALUES)
def test_the_words_of_codecs_mean_levels_and_nothing_is_guessed(
    values: dict[str, Any], meaning: dict[str, Level]
) -> None:
    assert levels(chirp(values)) == meaning
    assert levels(things(values)) == meaning


@settings(max_examples=25, deadline=None)
@given(EUIS, st.booleans(), st.integers(0, 65535), st.booleans())
def test_both_versions_of_chirpstack_name_the_same_device(
    eui: str, occupied: bool, frame: int, in_hex: bool
) -> None:
    topic = f"application/1/device/{eui}/event/up"
    new = {"deviceInfo": {"devEui": eui}, "fCnt": frame, "object": {"occupied": occupied}}
    packed = eui.upper() if in_hex else base64.b64encode(bytes.fromhex(eui)).decode()
    old = {"devEUI": packed, "fCnt": frame, "objectJSON": json.dumps({"occupied": occupied})}
    [found] = read(ChirpStack(), topic, new)
    assert [found] == read(ChirpStack(), topic, old)
    assert isinstance(found, State)
    assert (found.device, found.value) == (f"lora:{eui}", occupied)
    assert found.dedupe == f"fCnt:{frame}"


def test_the_objects_of_the_two_versions_are_told_apart() -> None:
    both = chirp({"occupied": True}, objectJSON='{"occupied":false}')
    assert levels(both) == {"occupancy": True}
    assert levels(chirp(None, objectJSON='{"occupied":false}')) == {}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(-140, -20), st.integers(-20, 12)), min_size=1, max_size=5))
def test_of_several_gateways_the_best_is_told(heard: list[tuple[int, int]]) -> None:
    best = max(rssi for rssi, _ in heard)
    new = [{"gatewayId": "a", "rssi": rssi, "snr": snr} for rssi, snr in heard]
    old = [{"rssi": rssi, "loRaSNR": snr} for rssi, snr in heard]
    for found in (chirp({}, rxInfo=new), chirp({}, rxInfo=old), things({}, rx_metadata=new)):
        assert levels(found)["link-rssi"] == best
        assert (best, levels(found)["link-snr"]) in heard


@pytest.mark.parametrize(
    ("values", "press"),
    [
        ({"press": "short"}, "single"),
        ({"button_event": "double press"}, "double"),
        ({"button_status": "long press"}, "long"),
        ({"press": "idle"}, ""),
        ({"press": 3}, ""),
    ],
)
def test_a_press_comes_once_from_one_frame(values: dict[str, Any], press: str) -> None:
    found = [one for one in chirp(values) if isinstance(one, Event)]
    assert [one.value for one in found] == ([press] if press else [])
    copies = [one for one in chirp(values, time="2026-03-02T11:59:00Z") if isinstance(one, Event)]
    others = [one for one in chirp(values, devAddr="0019") if isinstance(one, Event)]
    assert [one.key for one in copies] == [one.key for one in found]
    assert not press or others[0].key != found[0].key
    assert [one.value for one in things(values) if isinstance(one, Event)] == (
        [press] if press else []
    )


def test_what_the_broker_kept_is_no_press() -> None:
    told = {"deviceInfo": {"devEui": EUI}, "object": {"press": "short", "occupied": True}}
    [found] = read(ChirpStack(), CHIRP + "up", told, retained=True)
    assert isinstance(found, State)
    assert found.retained


@pytest.mark.parametrize(
    ("status", "battery"),
    [
        ({"batteryLevel": 75.5}, 75.5),
        ({"batteryLevel": 0, "batteryLevelUnavailable": True}, None),
        ({"batteryLevelUnavailable": True}, None),
        ({"batteryLevel": 0, "externalPowerSource": True}, None),
        ({"batteryLevel": 0}, None),
        ({}, None),
    ],
)
def test_a_battery_that_is_not_told_is_never_empty(status: dict[str, Any], battery: Level) -> None:
    found = chirp(None, kind="status", margin=7, **status)
    assert levels(found) == {"battery": battery, "link-margin": 7}


@pytest.mark.parametrize(
    ("last", "battery"), [({"value": 87.4}, 87.4), (87.4, 87.4), ({}, None), (None, None)]
)
def test_the_things_stack_remembers_the_battery(last: object, battery: Level) -> None:
    assert levels(things({}, last_battery_percentage=last)) == {"battery": battery}
    assert levels(things({"battery": 3}, last_battery_percentage=last)) == {"battery": 3}


def test_a_missing_frame_number_is_the_first_frame() -> None:
    [state] = things({"occupied": False})
    assert isinstance(state, State)
    assert state.dedupe == "f_cnt:0"


def test_without_a_codec_a_person_is_told() -> None:
    [told] = chirp(None, data="AAE=")
    [other] = things(None, frm_payload="AAE=")
    assert isinstance(told, Diagnostic)
    assert isinstance(other, Diagnostic)
    assert told.finding is other.finding is Finding.unmapped


def test_an_empty_uplink_needs_no_codec() -> None:
    """A device that only answers its server tells its radio, and no person has to look at it."""
    heard = [{"rssi": -70, "snr": 8}]
    assert levels(chirp(None, data="", rxInfo=heard)) == {"link-rssi": -70, "link-snr": 8}
    assert levels(things(None, rx_metadata=heard)) == {"link-rssi": -70, "link-snr": 8}
    told = [*chirp(None, data="", rxInfo=heard), *things(None, rx_metadata=heard)]
    assert not any(isinstance(one, Diagnostic) for one in told)


def test_a_join_tells_who_is_there() -> None:
    about = {"devEui": EUI, "deviceName": "TLD-01", "deviceProfileName": "EM310"}
    new, alive = read(ChirpStack(), CHIRP + "join", {"deviceInfo": about})
    assert new == Discovery(f"lora:{EUI}", NOON, model="EM310", name="TLD-01")
    assert isinstance(alive, Availability)
    ids = {"device_id": "eye", "dev_eui": EUI.upper()}
    found = read(ThingsStack(), THINGS + "join", {"end_device_ids": ids})
    assert [type(one) for one in found] == [Discovery, Availability]


def test_what_somebody_simulated_means_nothing() -> None:
    told = {"end_device_ids": {"dev_eui": EUI}, "simulated": True, "uplink_message": {}}
    assert read(ThingsStack(), THINGS + "up", told) == []


@pytest.mark.parametrize("kind", ["ack", "txack", "log", "location", "integration"])
def test_other_events_mean_nothing(kind: str) -> None:
    assert read(ChirpStack(), CHIRP + kind, b"not read") == []


@pytest.mark.parametrize(
    ("adapter", "topic", "value"),
    [
        (ChirpStack(), CHIRP + "up", b'{"deviceInfo"'),
        (ChirpStack(), CHIRP + "up", []),
        (ChirpStack(), CHIRP + "up", {"object": {}}),
        (ChirpStack(), CHIRP + "up", {"deviceInfo": {"devEui": "0" * 16}}),
        (ChirpStack(), CHIRP + "up", {"deviceInfo": {"devEui": EUI}, "object": [1]}),
        (ChirpStack(), CHIRP + "up", {"devEUI": "%%%", "objectJSON": "{}"}),
        (ChirpStack(), "application/1/gateway/2/event/up", {}),
        (ThingsStack(), THINGS + "up", b"\xff"),
        (ThingsStack(), THINGS + "up", {"uplink_message": {}}),
        (ThingsStack(), THINGS + "up", {"end_device_ids": {"dev_eui": "short"}}),
        (ThingsStack(), THINGS + "up", {"end_device_ids": {"dev_eui": EUI}}),
        (ThingsStack(), THINGS + "down/sent", {}),
    ],
)
def test_what_cannot_be_read_is_malformed(adapter: Adapter, topic: str, value: object) -> None:
    [found] = read(adapter, topic, value)
    assert isinstance(found, Malformed)
