"""Devices keep their identity when people rename them."""

from msgspec.structs import replace

from devices.families.shelly2 import ShellyGen2
from devices.families.tasmota import Tasmota
from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.identity import MOST_NAMES, Names, ids_by_name, resolve
from devices.readings import Alive, Availability, Discovery, Malformed, State
from tests.devices.ears import Ear
from tests.devices.moments import NOON, sees

BRIDGE = "z2m-bridge:zigbee2mqtt"
ADDRESS = "z2m:0x00124b0022aa33ff"


def listed(alias: str, device: str = ADDRESS) -> Discovery:
    return Discovery(device, NOON, alias=alias, bridge=BRIDGE)


def under(name: str, bridge: str = BRIDGE) -> State:
    return replace(sees(True, 0, bridge=bridge), device=name)


def test_a_named_message_comes_out_under_the_address() -> None:
    names, _ = resolve(Names(), listed("z2m:eye"))
    _, [found] = resolve(names, under("z2m:eye"))
    assert isinstance(found, State)
    assert found.device == ADDRESS


def test_a_renamed_device_leaves_its_old_name() -> None:
    names, _ = resolve(Names(), listed("z2m:eye"))
    names, _ = resolve(names, listed("z2m:left eye"))
    _, [new] = resolve(names, under("z2m:left eye"))
    _, [old] = resolve(names, under("z2m:eye"))
    assert isinstance(new, State)
    assert isinstance(old, State)
    assert (new.device, old.device) == (ADDRESS, "z2m:eye")


def test_what_cannot_be_read_counts_at_the_device_behind_the_name() -> None:
    ear = Ear(Zigbee2Mqtt())
    entry = {"ieee_address": ADDRESS.removeprefix("z2m:"), "friendly_name": "hall/eye"}
    ear.hear("zigbee2mqtt/bridge/devices", [entry])
    for topic in ("hall/eye", "hall/eye/availability", "hall/eye/occupancy"):
        [found] = ear.hear(f"zigbee2mqtt/{topic}", b'{"occupancy":tru')
        assert isinstance(found, Malformed)
        assert found.device == ADDRESS
    [other] = ear.hear("zigbee2mqtt/hall", b'{"occupancy":tru')
    assert isinstance(other, Malformed)
    assert other.device == "z2m:hall"


def test_what_cannot_be_read_of_a_tasmota_counts_at_its_address() -> None:
    ear = Ear(Tasmota())
    told = {"t": "bay-2", "mac": "A8032ABC7158", "ft": "%prefix%/%topic%/"}
    [listed, *_] = ear.hear("tasmota/discovery/A8032ABC7158/config", told)
    [found] = ear.hear("tele/bay-2/SENSOR", "{spliced")
    assert isinstance(listed, Discovery)
    assert isinstance(found, Malformed)
    assert found.device == listed.device != "tasmota:bay-2"


def test_the_same_name_on_another_bridge_is_another_device() -> None:
    names, _ = resolve(Names(), listed("z2m:eye"))
    _, [found] = resolve(names, under("z2m:eye", "z2m-bridge:other"))
    assert isinstance(found, State)
    assert found.device == "z2m:eye"


def test_what_came_before_its_name_was_known_is_not_lost() -> None:
    early = Availability("z2m:eye", Alive.online, NOON, True, bridge=BRIDGE)
    names, _ = resolve(Names(), early)
    names, found = resolve(names, listed("z2m:eye"))
    assert found == (listed("z2m:eye"), replace(early, device=ADDRESS))
    _, again = resolve(names, listed("z2m:eye"))
    assert again == (listed("z2m:eye"),)


def test_names_and_waiting_messages_are_bounded() -> None:
    names = Names()
    for number in range(MOST_NAMES + 50):
        names, _ = resolve(names, listed(f"z2m:{number}", f"z2m:0x{number:016x}"))
        names, _ = resolve(names, under(f"z2m:other {number}"))
    assert len(names.ids) == MOST_NAMES
    assert len(names.waiting) == MOST_NAMES


def test_who_speaks_through_a_device_keeps_its_own_id_when_that_is_renamed() -> None:
    """Zigbee behind a Tasmota is bound through the Tasmota: a new topic must not cut it off."""
    ear = Ear(Tasmota())
    packet = {"ZbReceived": {"0x60F6": {"Device": "0x60F6", "Contact": 1, "Click": "single"}}}
    told = {"t": "zb", "mac": "A8032ABC7158", "ft": "%prefix%/%topic%/"}
    [before, *_] = ear.hear("tele/zb/SENSOR", packet)
    ear.hear("tasmota/discovery/A8032ABC7158/config", told)
    first = ear.hear("tele/zb/SENSOR", packet, 60)
    ear.hear("tasmota/discovery/A8032ABC7158/config", {**told, "t": "radio"})
    second = ear.hear("tele/radio/SENSOR", packet, 120)
    assert before.device == "tasmota:zb/60F6"
    assert {one.device for one in (*first, *second)} == {"tasmota:A8032ABC7158/60F6"}
    assert ids_by_name(ear.memory.names)[before.device] == "tasmota:A8032ABC7158/60F6"


def test_bluetooth_behind_a_shelly_is_known_by_the_address_of_the_shelly() -> None:
    ear = Ear(ShellyGen2("hall/door"))
    ear.hear("hall/door/status/sys", {"mac": "A8032ABC7158"})
    push = {"component": "bthomedevice:200", "event": "single_push", "idx": 0}
    said = {"method": "NotifyEvent", "params": {"events": [push]}}
    [found] = ear.hear("hall/door/events/rpc", said)
    assert found.device == "shelly:A8032ABC7158/bthomedevice:200"
