"""Devices keep their identity when people rename them."""

from dataclasses import replace

from devices.identity import MOST_NAMES, Names, resolve
from devices.readings import Alive, Availability, Discovery, State
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
