"""What people change on pages of what hangs where: their forms to edits of the bindings file.

Any process may do it; the one that listens follows the file. Knows no requests and no pages.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from board.core.device_deeds import DeviceDeed
from board.core.refusals import Refused
from board.core.shop import Shop
from board.core.slips import FileSlip, Slip, slip
from devices import binding_edits
from devices.binding_edits import KINDS, SENSOR, EditRefused, Known, Place, Value
from devices.binding_file import BindingFile, stamp_of_text
from devices.bindings import LEAST_GAP_MM, Bindings
from devices.buttons import BUTTON
from devices.calibrating import Thresholds
from devices.families import FAMILIES
from devices.gates import Gate
from devices.lamps import LAMP, Lamp
from devices.openings import ALWAYS, GREEDY, read_openings
from devices.profiles.shelf import shelf_of
from devices.shop_files import BINDINGS

Form = Mapping[str, str]
Edit = Callable[[str], str]

REFUSALS: Mapping[str, str] = {
    "unreadable": "devices_unreadable",
    "too_large": "devices_too_large",
    "otherwise": "devices_otherwise",
    "changed": "devices_changed",
    "unwritable": "devices_unwritable",
    "missing": "device_not_bound",
    "bound": "device_bound",
    "mistake": "device_mistake",
}
FIELDS: Mapping[str, str] = {"bay": "place", "technician": "place", "channel": "what"}
"""Which field of the form says a key of the table."""


class Provisioning:
    """The bindings file of one shop, as pages see and change it."""

    def __init__(self, file: Path, profiles: Path | None, shop: Callable[[], Shop]) -> None:
        """`profiles`: the folder of the shop's own; `shop`: as it is now."""
        self._file, self._profiles, self._shop = BindingFile(file), profiles, shop

    def shown(self) -> Mapping[str, object]:
        """The tables, the stamp that a form about them carries, which families are opened and
        which may be. `refused`: why pages cannot change it, by its
        code, else None; `detail`: what is wrong in the file.
        """
        try:
            text = self._file.text()
        except EditRefused as refused:
            told = {"refused": REFUSALS[refused.code], "detail": asdict(_unread(refused))}
            return {"stamp": "", **told}
        return {
            "stamp": stamp_of_text(text),
            "refused": None,
            "tables": tables_of(self._known().read(text)[0]),
            "opened": [asdict(one) for one in read_openings(text)[0]],
            "families": sorted(FAMILIES.keys() - ALWAYS),
        }

    def act(self, deed: DeviceDeed, form: Form) -> Refused | None:
        """Change the file as a form asks; what people can mend comes back, with its field."""
        try:
            edit = _EDITS[deed](form)
            known = self._known()
            self._file.edit(
                form.get("stamp", ""), lambda text: binding_edits.checked(text, edit, known)
            )
        except EditRefused as refused:
            return _told(refused, "by" if deed is DeviceDeed.replace else "device")
        except _Declined as declined:
            return declined.refused
        return None

    def _known(self) -> Known:
        shop = self._shop()
        bays = frozenset(key for key, one in shop.bays.items() if not one.removed)
        people = frozenset(key for key, one in shop.people.items() if not one.removed)
        return Known(bays, shelf_of(self._profiles).profiles, people)


class _Declined(Exception):
    """A form that cannot be meant."""

    def __init__(self, code: str, *fields: str, **params: object) -> None:
        super().__init__(code)
        self.refused = Refused(code, params, fields)


def tables_of(bindings: Bindings) -> list[dict[str, object]]:
    """Every table of the file as a row of plain values, sensors first."""
    rows: list[dict[str, object]] = []
    for one in bindings.sensors:
        values = {key: value for key, value in asdict(one).items() if key != "left_out"}
        rows.append({"kind": SENSOR, "technician": "", **values})
    rows += [{"kind": BUTTON, **asdict(one)} for one in bindings.buttons]
    rows += [{"kind": "badge", "technician": "", **asdict(one)} for one in bindings.readers]
    rows += [_gate(one) for one in bindings.gates.tables if one.device]
    return rows + [_lamp(one) for one in bindings.lamps]


def _lamp(lamp: Lamp) -> dict[str, object]:
    hangs = {"bay": lamp.bay, "technician": "", "shadow": False}
    return {"kind": LAMP, "device": lamp.device, "channel": lamp.channel, **hangs}


def _gate(gate: Gate) -> dict[str, object]:
    hangs = {"bay": "", "technician": "", "gate": gate.name, "shadow": gate.shadow}
    return {"kind": "gate", "device": gate.device, "channel": gate.channel, **hangs}


def _told(refused: EditRefused, device: str = "device") -> Refused:
    """`device`: the field of the form that names a device."""
    detail = _unread(refused) if refused.code == "unreadable" else _written_wrong(refused)
    field = {**FIELDS, "device": device}.get(refused.key, refused.key)
    return Refused(REFUSALS[refused.code], {"detail": detail}, (field,) if field else ())


def _unread(refused: EditRefused) -> FileSlip:
    """Why the file cannot be read, and where."""
    if refused.mistake is not None:
        return refused.mistake.within(BINDINGS)
    fault = refused.__cause__
    if isinstance(fault, OSError):
        return FileSlip(BINDINGS, 0, slip("file_unread", file=BINDINGS, detail=fault.strerror))
    return FileSlip(BINDINGS, 0, slip("file_no_text", file=BINDINGS))


def _written_wrong(refused: EditRefused) -> Slip | None:
    """What would be wrong in the file."""
    return refused.mistake.slip if refused.mistake else None


def _bind(form: Form) -> Edit:
    """A channel of a device to a bay, or to a technician's place."""
    kind, _, channel = form.get("what", "").partition(" ")
    if kind not in KINDS or not channel:
        raise _Declined("device_channel_needed", "what")
    where, _, place = form.get("place", "").partition(" ")
    if where not in ("bay", "technician") or not place:
        raise _Declined("device_place_needed", "place")
    if where == "technician" and kind != BUTTON:
        raise _Declined("device_bay_needed", "place")
    values: dict[str, Value] = {"device": form.get("device", ""), "channel": channel}
    if kind == SENSOR and form.get("profile"):
        values["profile"] = form["profile"]
    values[where] = place
    if form.get("begin") != "at_once":
        values["shadow"] = True
    return lambda text: binding_edits.added(text, kind, values)


def _changed(**values: Value | None) -> Callable[[Form], Edit]:
    return lambda form: lambda text: binding_edits.changed(text, _place(form), values)


def _calibrate(form: Form) -> Edit:
    """The four distances of a sonar, together."""
    found = {key: _millimetres(form, key) for key in Thresholds.__slots__}
    if found["leave_above_mm"] - found["enter_below_mm"] < LEAST_GAP_MM:
        raise _Declined("thresholds_near", "leave_above_mm", least=LEAST_GAP_MM)
    ordered = [found[key] for key in Thresholds.__slots__]
    if sorted(ordered) != ordered or ordered[0] == ordered[1]:
        raise _Declined("thresholds_order", "enter_below_mm")
    return lambda text: binding_edits.changed(text, _place(form), found)


def _millimetres(form: Form, key: str) -> int:
    said = form.get(key, "").strip()
    if not said.isascii() or not said.isdigit() or len(said) > 5:
        raise _Declined("thresholds_number", key)
    return int(said)


def _replace(form: Form) -> Edit:
    by = form.get("by", "").strip()
    if not by:
        raise _Declined("device_other_needed", "by")
    return lambda text: binding_edits.replaced(text, form.get("device", ""), by)


def _open(form: Form) -> Edit:
    """A family of devices that is heard from now on."""
    name, base = form.get("name", ""), form.get("base", "").strip()
    if name in GREEDY and base in ("", "+"):
        raise _Declined("family_base_needed", "base")
    return lambda text: binding_edits.opened(text, name, base)


def _unbind(form: Form) -> Edit:
    return lambda text: binding_edits.taken_out(text, _place(form))


def _place(form: Form) -> Place:
    return Place(form.get("kind", ""), form.get("device", ""), form.get("channel", ""))


_EDITS: Mapping[DeviceDeed, Callable[[Form], Edit]] = {
    DeviceDeed.bind: _bind,
    DeviceDeed.activate: _changed(shadow=None),
    DeviceDeed.shadow: _changed(shadow=True),
    DeviceDeed.calibrate: _calibrate,
    DeviceDeed.replace: _replace,
    DeviceDeed.unbind: _unbind,
    DeviceDeed.open: _open,
}
