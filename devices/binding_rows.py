"""Every table of the bindings file as a row of plain values, as pages show it. Pure."""

from dataclasses import asdict

from devices.binding_edits import SENSOR
from devices.bindings import Bindings
from devices.buttons import BUTTON
from devices.gates import GATE, Gate
from devices.lamps import LAMP, Lamp


def tables_of(bindings: Bindings) -> list[dict[str, object]]:
    """Every table of the file as a row of plain values, sensors first."""
    rows: list[dict[str, object]] = []
    for one in bindings.sensors:
        values = {key: value for key, value in asdict(one).items() if key != "left_out"}
        rows.append({"kind": SENSOR, "technician": "", **values})
    rows += [{"kind": BUTTON, **asdict(one)} for one in bindings.buttons]
    rows += [{"kind": "badge", "technician": "", **asdict(one)} for one in bindings.readers]
    rows += [_gate(one) for one in bindings.gates.tables]
    return rows + [_lamp(one) for one in bindings.lamps]


def _lamp(lamp: Lamp) -> dict[str, object]:
    shows = {"lit": lamp.lit, "says": lamp.says, "quiet": lamp.quiet, "seconds": lamp.seconds}
    hangs = {"bay": lamp.bay, "technician": "", "shadow": False, "output": lamp.kind}
    return {"kind": LAMP, "device": lamp.device, "channel": lamp.channel, **hangs, **shows}


def _gate(gate: Gate) -> dict[str, object]:
    device, channel = gate.key
    stands = {"bay": "", "technician": "", "gate": gate.name, "shadow": gate.shadow}
    tells = {"camera": gate.camera, "invert": gate.invert}
    return {"kind": GATE, "device": device, "channel": channel, **stands, **tells}
