"""A device at a gate stands among the devices under its gate, and says what it does there."""

from devices.bindings import Bindings
from devices.gates import Gate, Gates
from devices.memory import Memory
from devices.standing import hooks_of
from displays.device_facts import Answer, Device, Hook, Listed
from displays.devices_page import places_of
from tests.builders import Trial
from tests.devices.floor import BINDINGS
from tests.devices.moments import NOON

CONTACT = Device("native:door", standing="good", hooks=(Hook("gate", "contact", gate="north"),))


def test_a_device_knows_the_gates_it_stands_at() -> None:
    def gates(device: str, bindings: Bindings = BINDINGS) -> list[tuple[str, str, str, bool]]:
        hooks = hooks_of(bindings, Memory(NOON), device, NOON)
        return [(one.kind, one.channel, one.gate, one.shadow) for one in hooks]

    assert gates("native:door") == [("gate", "contact", "north", False)]
    assert gates("native:cam") == [("gate", "plate", "north", False)]
    assert gates("native:nobody") == []
    shadowed = Bindings(gates=Gates((Gate("east", "native:cam", shadow=True),)))
    assert gates("native:cam", shadowed) == [("gate", "plate", "east", True)]


def test_a_gate_is_a_place_of_its_own() -> None:
    listed = Listed((), (CONTACT,), (), 0, 0, (), ())
    [place] = places_of(Trial().shop, Answer("listening", list=listed))
    assert (place.name, place.is_gate, place.devices) == ("north", True, (CONTACT,))
