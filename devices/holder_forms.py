"""Forms about whose badge is whose to edits of the bindings file. Pure.

A badge is named by its mark; its number is nowhere.
"""

from devices import named_edits
from devices.form_fields import Declined, Edit, Form


def hold_badge(form: Form) -> Edit:
    """A badge that is somebody's from now on."""
    mark, person = form.get("mark", "").lower(), form.get("person", "")
    if not person:
        raise Declined("badge_person_needed", "person")
    return lambda text: named_edits.held(text, mark, person)


def release_badge(form: Form) -> Edit:
    """A badge that is nobody's any more."""
    return lambda text: named_edits.released(text, form.get("mark", "").lower())
