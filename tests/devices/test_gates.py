"""A gate is written as a table: a camera that reads plates there, a sensor that sees passages."""

import pytest

from devices.binding_tables import read_bindings
from devices.gates import Gate
from tests.devices.floor import BINDINGS

NORTH = """[[gate]]
name = "north"
camera = "alpr:gate-2"
device = "shelly:shellydw2-1"
channel = "contact"
"""


def test_a_gate_has_a_camera_a_sensor_or_both() -> None:
    bindings, mistakes = read_bindings(NORTH)
    assert mistakes == ()
    assert bindings.gates.tables == (Gate("north", "alpr:gate-2", "shelly:shellydw2-1", "contact"),)
    assert bindings.devices == {"shelly:shellydw2-1"}, "a camera over HTTP is none of the broker's"


def test_tables_of_one_name_are_one_gate() -> None:
    gates = BINDINGS.gates
    south = {"alpr:south": "south", "alpr:south-2": "south"}
    assert gates.by_camera == {"native:cam": "north", **south}
    assert (set(gates.watched), set(gates.blind)) == ({"north"}, set())


def test_a_gate_moves_to_the_ids_that_are_known_by_now() -> None:
    moved = BINDINGS.moved({"native:door": "native:loop"})
    assert [gate.device for gate in moved.gates.tables] == ["native:loop", "", ""]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "reason"),
    [
        ('name = "north"', 'name = "north"\nnome = 1', 3, "nome is not known here"),
        ('name = "north"', 'name = " "', 2, "name must have 1 to 40 characters"),
        ('name = "north"', 'name = "n\\u0007"', 2, "name holds a sign that cannot be shown"),
        ("alpr:gate-2", "gate-2", 3, "camera must be an id as the list of devices shows it"),
        ("shelly:shellydw2-1", "shelly", 4, "device must be an id"),
        ('"contact"', '"battery"', 5, "battery says nothing of a gate"),
        ('channel = "contact"\n', "", 4, "device and channel belong together"),
    ],
)
def test_a_mistake_is_named_with_its_line(right: str, wrong: str, line: int, reason: str) -> None:
    text = NORTH.replace(right, wrong, 1)
    bindings, mistakes = read_bindings(text)
    assert (mistakes[0].line, mistakes[0].reason.startswith(reason)) == (line, True), mistakes
    assert bindings.gates.tables == ()


def test_a_gate_of_nothing_but_a_name_is_a_mistake() -> None:
    _, [mistake] = read_bindings('[[gate]]\nname = "north"\n')
    assert mistake.reason == "a gate needs a camera, or a device and its channel"
