"""What people ask for on the device pages: their forms to edits of the bindings file. Pure."""

from collections.abc import Callable, Mapping

from board.core.device_deeds import DeviceDeed
from devices import binding_edits, named_edits
from devices.binding_edits import KINDS, SENSOR, Value
from devices.bindings import LEAST_GAP_MM
from devices.button_forms import name_presses
from devices.buttons import BUTTON
from devices.calibrating import Thresholds
from devices.form_fields import Declined, Edit, Form, place_of, whole_number
from devices.gate_forms import bind_gate
from devices.holder_forms import hold_badge, release_badge
from devices.lamp_forms import bind_lamp, show_lamp
from devices.openings import GREEDY

FITTING = "fitting"
"""The profile that goes with the chosen channel; of several it stands behind that."""


def _bind(form: Form) -> Edit:
    """A channel of a device to a bay, or to a technician's place."""
    kind, channel, fitting = (*form.get("what", "").split(" ", 2), "", "")[:3]
    if kind not in KINDS or not channel:
        raise Declined("device_channel_needed", "what")
    where, _, place = form.get("place", "").partition(" ")
    if where not in ("bay", "technician") or not place:
        raise Declined("device_place_needed", "place")
    if where == "technician" and kind != BUTTON:
        raise Declined("device_bay_needed", "place")
    values: dict[str, Value] = {"device": form.get("device", ""), "channel": channel}
    profile = fitting if form.get("profile") == FITTING else form.get("profile", "")
    if kind == SENSOR and profile:
        values["profile"] = profile
    values[where] = place
    if form.get("begin") != "at_once":
        values["shadow"] = True
    return lambda text: binding_edits.added(text, kind, values)


def _changed(**values: Value | None) -> Callable[[Form], Edit]:
    return lambda form: lambda text: binding_edits.changed(text, place_of(form), values)


def _calibrate(form: Form) -> Edit:
    """The four distances of a sonar, together."""
    found = {key: whole_number(form, key, "thresholds_number") for key in Thresholds.__slots__}
    if found["leave_above_mm"] - found["enter_below_mm"] < LEAST_GAP_MM:
        raise Declined("thresholds_near", "leave_above_mm", least=LEAST_GAP_MM)
    ordered = [found[key] for key in Thresholds.__slots__]
    if sorted(ordered) != ordered or ordered[0] == ordered[1]:
        raise Declined("thresholds_order", "enter_below_mm")
    return lambda text: binding_edits.changed(text, place_of(form), found)


def _replace(form: Form) -> Edit:
    by = form.get("by", "").strip()
    if not by:
        raise Declined("device_other_needed", "by")
    return lambda text: binding_edits.replaced(text, form.get("device", ""), by)


def _open(form: Form) -> Edit:
    """A family of devices that is heard from now on."""
    name, base = form.get("name", ""), form.get("base", "").strip()
    if name in GREEDY and base in ("", "+"):
        raise Declined("family_base_needed", "base")
    return lambda text: named_edits.opened(text, name, base)


def _close(form: Form) -> Edit:
    """A family of devices that is heard no more."""
    return lambda text: named_edits.closed(text, form.get("name", ""), form.get("base", ""))


def _unbind(form: Form) -> Edit:
    return lambda text: binding_edits.taken_out(text, place_of(form))


EDITS: Mapping[DeviceDeed, Callable[[Form], Edit]] = {
    DeviceDeed.bind: _bind,
    DeviceDeed.activate: _changed(shadow=None),
    DeviceDeed.shadow: _changed(shadow=True),
    DeviceDeed.calibrate: _calibrate,
    DeviceDeed.replace: _replace,
    DeviceDeed.unbind: _unbind,
    DeviceDeed.open: _open,
    DeviceDeed.close: _close,
    DeviceDeed.lamp: bind_lamp,
    DeviceDeed.show: show_lamp,
    DeviceDeed.presses: name_presses,
    DeviceDeed.gate: bind_gate,
    DeviceDeed.hold: hold_badge,
    DeviceDeed.release: release_badge,
}
