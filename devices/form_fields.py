"""What forms of the device pages hold: fields to values of a table, or one sentence. Pure."""

from collections.abc import Callable, Mapping

from board.core.refusals import Refused
from devices.binding_edits import Place

Form = Mapping[str, str]
Edit = Callable[[str], str]
"""The text of the bindings file to what it becomes."""


class Declined(Exception):
    """A form that cannot be meant."""

    def __init__(self, code: str, *fields: str, **params: object) -> None:
        super().__init__(code)
        self.refused = Refused(code, params, fields)


def place_of(form: Form) -> Place:
    """Which table a form is about."""
    return Place(form.get("kind", ""), form.get("device", ""), form.get("channel", ""))


def whole_number(form: Form, key: str, code: str) -> int:
    """A whole number of at most five digits; else declined with `code`."""
    said = form.get(key, "").strip()
    if not said.isascii() or not said.isdigit() or len(said) > 5:
        raise Declined(code, key)
    return int(said)


def ticked(form: Form, key: str, words: Mapping[str, object] | tuple[str, ...]) -> tuple[str, ...]:
    """Those of the words whose box `key_word` is ticked, in their order."""
    return tuple(word for word in words if form.get(f"{key}_{word}"))
