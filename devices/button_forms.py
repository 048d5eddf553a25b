"""The form about a button's words to an edit of the bindings file. Pure."""

from collections.abc import Mapping
from dataclasses import fields

from devices import binding_edits
from devices.binding_edits import Value
from devices.buttons import PRESSES, Button
from devices.form_fields import Edit, Form, place_of

USUAL: Mapping[str, str] = {
    one.name: str(one.default) for one in fields(Button) if one.name in PRESSES
}
"""What each press calls for where the file says nothing."""


def name_presses(form: Form) -> Edit:
    """What each press of a button calls for; what the file says already is not written anew."""
    place = place_of(form)
    asked = {press: form[press] for press in PRESSES if form.get(press)}

    def edit(text: str) -> str:
        now = {**USUAL, **binding_edits.values_of(text, place)}
        fresh: dict[str, Value | None] = {
            press: kind for press, kind in asked.items() if now[press] != kind
        }
        return binding_edits.changed(text, place, fresh)

    return edit
