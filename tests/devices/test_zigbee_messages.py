"""Messages of Zigbee2MQTT mean occupancy, contact, availability and who is who."""

import json

import pytest

from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.readings import (
    Alive,
    Availability,
    Capability,
    Discovery,
    Level,
    Malformed,
    Observation,
    State,
)
from tests.devices.moments import NOON

BRIDGE = "z2m-bridge:zigbee2mqtt"


def read(name: str, payload: bytes, retained: bool = False) -> list[Observation]:
    return list(Zigbee2Mqtt().parse(f"zigbee2mqtt/{name}", payload, retained, NOON))


def levels(name: str, payload: bytes) -> list[tuple[str, Capability, Level]]:
    found = read(name, payload)
    return [(one.device, one.capability, one.value) for one in found if isinstance(one, State)]


def test_occupancy_comes_with_its_bridge() -> None:
    payload = b'{"illumination":"bright","occupancy":true}'
    assert read("eye of bay 1", payload) == [
        State(
            "z2m:eye of bay 1",
            "occupancy",
            Capability.occupancy,
            True,
            NOON,
            False,
            bridge=BRIDGE,
        )
    ]


def test_a_name_may_hold_slashes() -> None:
    payload = b'{"battery":88,"contact":false,"voltage":2980}'
    assert levels("hall/bay 2/gate", payload) == [
        ("z2m:hall/bay 2/gate", Capability.contact, False),
        ("z2m:hall/bay 2/gate", Capability.battery, 88),
        ("z2m:hall/bay 2/gate", Capability.battery_mv, 2980),
    ]


@pytest.mark.parametrize(("key", "place"), [("linkquality", "link-lqi"), ("battery", "battery")])
def test_link_and_battery_are_levels_and_never_zero_for_want_of_a_number(
    key: str, place: str
) -> None:
    [good] = read("eye", f'{{"{key}":"97.5"}}'.encode())
    assert isinstance(good, State)
    assert (good.channel, good.value) == (place, 97.5)
    for word in ("null", "300", '"low"', "{}"):
        assert all(
            isinstance(one, State) and one.value is None
            for one in read("eye", f'{{"{key}":{word}}}'.encode())
        )


@pytest.mark.parametrize(
    ("name", "payload", "meaning"),
    [
        ("eye/occupancy", b"true", ("occupancy", True)),
        ("hall/gate/contact", b"false", ("contact", False)),
        ("eye/battery", b"91", ("battery", 91)),
        ("eye/linkquality", b"97", ("link-lqi", 97)),
        ("dual", b'{"contact_l2":true}', ("contact-l2", True)),
        ("gate", b'{"garage_door_contact":false}', ("contact-garage_door", False)),
        ("lamp", b'{"state":"ON","brightness":254}', ("output", True)),
        ("relay", b'{"state_left":"OFF"}', ("output-left", False)),
        ("lift", b'{"angle_x":-4,"angle_y":"12"}', ("angle-x", -4)),
    ],
)
def test_attributes_endpoints_switches_and_angles_are_levels(
    name: str, payload: bytes, meaning: tuple[str, Level]
) -> None:
    found = read(name, payload)[0]
    assert isinstance(found, State)
    assert (found.channel, found.value) == meaning


@pytest.mark.parametrize(
    "payload", [b'{"occupancy_timeout":60}', b'{"state":"OPEN"}', b'{"state":null}']
)
def test_settings_and_covers_are_no_levels(payload: bytes) -> None:
    assert read("eye", payload) == []


@pytest.mark.parametrize("payload", [b'{"presence":null}', b'{"occupancy":null}'])
def test_a_lost_value_is_unknown(payload: bytes) -> None:
    assert [value for _, _, value in levels("eye", payload)] == [None]


@pytest.mark.parametrize(
    "payload",
    [
        b'{"no_occupancy_since":120}',
        b'{"voltage":231}',
        b'{"linkquality":null}',
        b'{"last_seen":"2026-03-02T12:00:00Z"}',
    ],
)
def test_messages_without_a_level_mean_nothing(payload: bytes) -> None:
    assert read("eye", payload) == []


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("eye/set", b'{"occupancy":true}'),
        ("eye/set/occupancy", b"true"),
        ("eye/get", b'{"occupancy":""}'),
        ("eye/distance", b"1.2"),
        ("eye/update", b'["available"]'),
        ("eye/last_seen", b"2026-03-02T12:00:00Z"),
        ("bridge/request/restart", b"{}"),
        ("bridge/info", b"not read at all"),
        ("eye", b""),
    ],
)
def test_commands_copies_and_chatter_mean_nothing(name: str, payload: bytes) -> None:
    assert read(name, payload) == []


@pytest.mark.parametrize("payload", [b'{"state":"offline"}', b"offline", b" offline\n"])
def test_availability_is_read_in_both_forms(payload: bytes) -> None:
    assert read("hall/eye/availability", payload, retained=True) == [
        Availability("z2m:hall/eye", Alive.offline, NOON, True, bridge=BRIDGE)
    ]


def test_the_bridge_speaks_for_itself() -> None:
    assert read("bridge/state", b'{"state":"online"}') == [
        Availability(BRIDGE, Alive.online, NOON, False)
    ]


def test_the_list_of_devices_gives_the_address_behind_each_name() -> None:
    entries = [
        {"ieee_address": "0x00124B0000000000", "type": "Coordinator"},
        {
            "ieee_address": "0x00124B0022AA33FF",
            "type": "EndDevice",
            "friendly_name": "eye",
            "definition": {"model": "P1", "exposes": [{"property": "occupancy"}, {"x": 1}]},
        },
        {"ieee_address": "0x00124b0022aa3400", "friendly_name": "odd", "definition": None},
        {"friendly_name": "no address"},
        "no device",
    ]
    found = read("bridge/devices", json.dumps(entries).encode(), retained=True)
    eye, odd = "z2m:0x00124b0022aa33ff", "z2m:0x00124b0022aa3400"
    assert found == [
        Discovery(eye, NOON, "z2m:eye", "P1", ("occupancy",), BRIDGE),
        Discovery(odd, NOON, "z2m:odd", bridge=BRIDGE),
    ]


def test_a_list_of_devices_may_be_large() -> None:
    entry = {"ieee_address": "0x00124b0022aa33ff", "friendly_name": "eye", "note": "x" * 90_000}
    assert len(read("bridge/devices", json.dumps([entry]).encode())) == 1


def test_a_newcomer_is_discovered_once_and_never_from_a_replay() -> None:
    data = {"friendly_name": "0x90fd9ffffe000001", "ieee_address": "0x90fd9ffffe000001"}
    payload = json.dumps({"type": "device_joined", "data": data}).encode()
    assert [type(one) for one in read("bridge/event", payload)] == [Discovery]
    assert read("bridge/event", payload, retained=True) == []


@pytest.mark.parametrize("more", [{}, {"friendly_name": "eye"}])
def test_who_leaves_the_network_is_away(more: dict[str, str]) -> None:
    data = {"ieee_address": "0x90FD9FFFFE000001", **more}
    left = json.dumps({"type": "device_leave", "data": data}).encode()
    [found] = read("bridge/event", left)
    assert isinstance(found, Availability)
    assert (found.device, found.alive) == ("z2m:0x90fd9ffffe000001", Alive.offline)
    assert read("bridge/event", left, retained=True) == []
    assert read("bridge/event", b'{"type":"device_leave","data":null}') == []


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("eye", b'{"illumination":"bright","linkq'),
        ("hall/gate", b'{"contact":"perhaps"}'),
        ("eye", b'{"occupancy":1}'),
        ("eye", b"\xff\xfe"),
        ("eye", b"[" * 200 + b"]" * 200),
        ("eye", b"[]"),
        ("eye", b'{"occupancy":true}' + b" " * 65_536),
        ("eye/availability", b'{"state":"perhaps"}'),
        ("eye/availability", b"\xff"),
        ("bridge/devices", b"{}"),
        ("bridge/event", b"[]"),
        ("bridge/state", b"{"),
    ],
)
def test_what_cannot_be_read_is_malformed(name: str, payload: bytes) -> None:
    [found] = read(name, payload)
    assert isinstance(found, Malformed)
    assert found.device.startswith("z2m")


def test_another_base_topic_is_another_bridge() -> None:
    [found] = Zigbee2Mqtt("zigbee").parse("zigbee/eye", b'{"contact":true}', False, NOON)
    assert isinstance(found, State)
    assert found.bridge == "z2m-bridge:zigbee"
    [stray] = Zigbee2Mqtt("zigbee").parse("zigbee2mqtt/eye", b"{}", False, NOON)
    assert isinstance(stray, Malformed)


@pytest.mark.parametrize("name", ["bay\0 2", "bay \ud800"])
def test_a_name_that_cannot_be_stored_costs_its_own_device_alone(name: str) -> None:
    entries = [
        {"ieee_address": "0x1", "friendly_name": "one"},
        {"ieee_address": "0x2", "friendly_name": name},
        {"ieee_address": "0x3", "friendly_name": "three"},
    ]
    found = read("bridge/devices", json.dumps(entries).encode())
    assert [one.device for one in found if isinstance(one, Discovery)] == ["z2m:0x1", "z2m:0x3"]
    assert len(found) == 2
