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
from devices.binding_edits import EditRefused, Known
from devices.binding_file import BindingFile, stamp_of_text
from devices.binding_forms import EDITS
from devices.binding_rows import tables_of
from devices.families import FAMILIES
from devices.form_fields import Declined, Form
from devices.openings import ALWAYS, read_openings, written_in
from devices.profiles.shelf import shelf_of
from devices.shop_files import BINDINGS

REFUSALS: Mapping[str, str] = {
    "unreadable": "devices_unreadable",
    "too_large": "devices_too_large",
    "otherwise": "devices_otherwise",
    "changed": "devices_changed",
    "unwritable": "devices_unwritable",
    "missing": "device_not_bound",
    "bound": "device_bound",
    "mistake": "device_mistake",
    "unopened": "family_not_open",
    "held": "badge_held",
    "unheld": "badge_not_held",
}
FIELDS: Mapping[str, str] = {
    "bay": "place",
    "technician": "place",
    "channel": "what",
    "kind": "what",
}
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
        bindings = self._known().read(text)[0]
        return {
            "stamp": stamp_of_text(text),
            "refused": None,
            "tables": tables_of(bindings),
            "holders": [
                {"mark": mark, "person": person} for mark, person in bindings.holders.items()
            ],
            "opened": _opened(text),
            "families": sorted(FAMILIES.keys() - ALWAYS),
        }

    def act(self, deed: DeviceDeed, form: Form) -> Refused | None:
        """Change the file as a form asks; what people can mend comes back, with its field."""
        try:
            edit = EDITS[deed](form)
            known = self._known()
            self._file.edit(
                form.get("stamp", ""), lambda text: binding_edits.checked(text, edit, known)
            )
        except EditRefused as refused:
            return _told(refused, "by" if deed is DeviceDeed.replace else "device")
        except Declined as declined:
            return declined.refused
        return None

    def _known(self) -> Known:
        shop = self._shop()
        bays = frozenset(key for key, one in shop.bays.items() if not one.removed)
        people = frozenset(key for key, one in shop.people.items() if not one.removed)
        return Known(bays, shelf_of(self._profiles).profiles, people)


def _opened(text: str) -> list[Mapping[str, object]]:
    """The families that are heard; one without a table cannot be closed."""
    written = written_in(text)
    return [{**asdict(one), "is_written": one.name in written} for one in read_openings(text)[0]]


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
