"""The form about a gate to an edit of the bindings file. Pure."""

from devices import binding_edits
from devices.binding_edits import EditRefused, Value
from devices.form_fields import Declined, Edit, Form
from devices.gates import GATE, read_gates


def bind_gate(form: Form) -> Edit:
    """A camera, a channel that tells that something goes through, or both, at a gate."""
    name, camera = form.get("name", "").strip(), form.get("camera", "").strip()
    device, _, channel = form.get("what", "").rpartition(" ")
    if not name:
        raise Declined("gate_name_needed", "name")
    if not camera and not device:
        raise Declined("gate_blind", "camera")
    said: dict[str, Value] = {"camera": camera, "device": device, "channel": channel}
    if device and form.get("invert") == "yes":
        said["invert"] = True
    if form.get("begin") != "at_once":
        said["shadow"] = True
    values = {"name": name, **{key: one for key, one in said.items() if one}}

    def edit(text: str) -> str:
        gates = read_gates(text)[0]
        if camera and camera in {**gates.by_camera, **gates.shadowed}:
            raise EditRefused("bound", "camera")
        return binding_edits.added(text, GATE, values)

    return edit
