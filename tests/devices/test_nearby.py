"""A car park full of foreign Bluetooth sensors fills no list and pushes nobody out of it."""

from devices.deliveries import Delivery
from devices.identity import Names
from devices.nearby import MOST_NEARBY
from devices.profiles.known import Known
from devices.profiles.shelf import Shelf
from devices.readings import Capability, State
from devices.register import Register
from tests.devices.moments import NOON

OWN = "native:new-sonar"


def heard(register: Register, device: str, value: float = 5) -> None:
    seen = State(device, "battery", Capability.battery, value, NOON, False)
    topic = f"home/hall/BTtoMQTT/{device}"
    register.note(Delivery(topic, b"{}", False, NOON), [seen], ())
    register.weigh(seen, Known(), Shelf())


def test_strangers_give_way_to_each_other_and_to_nobody_else() -> None:
    register = Register(["ble:OURS"])
    heard(register, OWN)
    heard(register, "ble:OURS")
    for number in range(1000):
        heard(register, f"ble:{number:012X}")
    listed = [one.device for one in register.inbox.devices]
    assert (len(listed), OWN in listed, listed[0]) == (MOST_NEARBY + 1, True, f"ble:{999:012X}")
    assert len(register.logbooks) == MOST_NEARBY + 2
    assert register.logbooks.get("ble:OURS") is not None
    assert register.logbooks.bytes < 100_000


def test_nobody_is_told_to_change_a_strangers_battery() -> None:
    register = Register([])
    heard(register, "ble:STRANGER")
    assert register.batteries.known == {}
    register.bind(frozenset({"ble:STRANGER"}), Names())
    heard(register, "ble:STRANGER")
    assert register.batteries.known["ble:STRANGER"].low is True
