"""Changes of one table in the text of the bindings file; all else stays as it is. Pure.

A table is named by its kind, device and channel as the file writes them.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from devices.badges import BADGE
from devices.binding_tables import read_bindings
from devices.bindings import Bindings
from devices.buttons import BUTTON
from devices.gates import GATE, PLATE
from devices.lamps import LAMP
from devices.openings import read_openings
from devices.profiles.profile import Profile
from devices.table_text import TableText, tables_in
from devices.tables import Mistake

SENSOR = "sensor"
KINDS = (SENSOR, BUTTON, BADGE)
"""What a page can bind."""
CHANGED = (*KINDS, GATE, LAMP)
Value = str | bool | int | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Which table is meant."""

    kind: str
    device: str
    channel: str


class EditRefused(Exception):
    """An edit that is not made. `key`: that of the table which is wrong, '' for the whole;
    `code` says what it is, `mistake` where in the text that would have been written.
    """

    def __init__(self, code: str, key: str = "", mistake: Mistake | None = None) -> None:
        """`code` of the file: unreadable, too_large, otherwise, changed, unwritable; of a table:
        missing, bound, unopened, held, unheld, mistake.
        """
        super().__init__(mistake.reason if mistake else code)
        self.code, self.key, self.mistake = code, key, mistake


def added(text: str, kind: str, values: Mapping[str, Value]) -> str:
    """The text with one more table at its end."""
    if _index(text, _place(kind, values)) is not None:
        raise EditRefused("bound", "channel")
    return appended(text, kind, values)


def appended(text: str, kind: str, values: Mapping[str, Value]) -> str:
    """The text with one more table at its end, whatever there is."""
    end = _newline(text)
    lines = [f"[[{kind}]]", *(f"{key} = {_written(value)}" for key, value in values.items())]
    between = ("" if text.endswith("\n") else end) + end if text else ""
    return text + between + "".join(line + end for line in lines)


def changed(text: str, place: Place, values: Mapping[str, Value | None]) -> str:
    """The text with these keys of the table as said; None takes a key out."""
    table = _table(text, place)
    end = _newline(text)
    fresh = "".join(
        f"{key} = {_written(value)}{end}"
        for key, value in values.items()
        if value is not None and key not in table.keys
    )
    at = table.end
    if fresh and not text[:at].endswith("\n"):
        fresh = end + fresh.removesuffix(end)
    cuts = [(at, at, fresh)] if fresh else []
    for key, span in table.keys.items():
        if key not in values:
            continue
        value = values[key]
        if value is None:
            cuts.append((span.start, span.end, ""))
        else:
            cuts.append((span.value_start, span.value_end, _written(value)))
    return _cut(text, cuts)


def values_of(text: str, place: Place) -> Mapping[str, object]:
    """What the table says, as the file writes it."""
    return _found(text, place)[1]


def taken_out(text: str, place: Place) -> str:
    """The text without the table, and without the empty line before it."""
    return without(text, _table(text, place))


def without(text: str, table: TableText) -> str:
    """The text without one of its tables."""
    cuts = [(span.start, span.end, "") for span in table.lines]
    start = table.head.start
    before = text[:start].rfind("\n", 0, start - 1) + 1
    if start and not text[before:start].strip():
        cuts.append((before, start, ""))
    return _cut(text, cuts)


_NAMES = {"device", "camera"}
"""Keys that name a device."""


def replaced(text: str, device: str, by: str) -> str:
    """The text with `by` on everything that `device` hangs on."""
    every = listed(text)
    named = [
        (table.keys[key], values[key]) for table, values in every for key in _NAMES & values.keys()
    ]
    spans = [span for span, name in named if name == device]
    if not spans:
        raise EditRefused("missing", "device")
    if any(name == by for _, name in named):
        raise EditRefused("bound", "device")
    return _cut(text, [(span.value_start, span.value_end, _written(by)) for span in spans])


@dataclass(frozen=True, slots=True)
class Known:
    """What a table may name; None where that is not known."""

    bays: frozenset[str] | None = None
    profiles: Mapping[str, Profile] | None = None
    people: Collection[str] | None = None

    def read(self, text: str) -> tuple[Bindings, tuple[Mistake, ...]]:
        """The bindings of a text and its mistakes."""
        return read_bindings(text, self.bays, self.profiles, self.people)

    def mistakes(self, text: str) -> tuple[Mistake, ...]:
        """Those of its families too."""
        return tuple(dict.fromkeys((*self.read(text)[1], *read_openings(text)[1])))


def checked(text: str, edit: Callable[[str], str], known: Known) -> str:
    """The text after the edit; refused if it has mistakes that the text before had not."""
    before = Counter(one.reason for one in known.mistakes(text))
    after = edit(text)
    for one in known.mistakes(after):
        before[one.reason] -= 1
        if before[one.reason] < 0:
            raise EditRefused("mistake", _key_at(after, one.line), one)
    return after


def _key_at(text: str, line: int) -> str:
    """The key that stands on a line of a table."""
    for table in tables_in(text):
        for key, span in table.keys.items():
            if text.count("\n", 0, span.value_start) + 1 == line:
                return key
    return ""


def listed(
    text: str, kinds: Collection[str] = CHANGED
) -> list[tuple[TableText, Mapping[str, object]]]:
    """The tables of bindings where they stand, with their values."""
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        raise EditRefused("unreadable", mistake=_mistake(text)) from fault
    found = tables_in(text)
    every: list[tuple[TableText, Mapping[str, object]]] = []
    for kind in kinds:
        theirs = [one for one in found if one.name == kind]
        told = values.get(kind, [])
        if not isinstance(told, list) or len(told) != len(theirs):
            # Written in another way, as one list of tables in braces.
            raise EditRefused("otherwise")
        every += zip(theirs, told, strict=True)
    return every


def _mistake(text: str) -> Mistake | None:
    return next(iter(read_bindings(text)[1]), None)


Listed = tuple[TableText, Mapping[str, object]]


def _index(text: str, place: Place) -> Listed | None:
    return next((one for one in listed(text) if _place(one[0].name, one[1]) == place), None)


def _place(kind: str, values: Mapping[str, object]) -> Place:
    """How a table is named; of a gate with a camera alone, by that."""
    if kind == GATE and "device" not in values:
        return Place(kind, str(values.get("camera")), PLATE)
    default = BADGE if kind == BADGE else None
    return Place(kind, str(values.get("device")), str(values.get("channel", default)))


def _found(text: str, place: Place) -> Listed:
    found = _index(text, place)
    if found is None:
        raise EditRefused("missing", "device")
    return found


def _table(text: str, place: Place) -> TableText:
    return _found(text, place)[0]


def _cut(text: str, cuts: list[tuple[int, int, str]]) -> str:
    """The text with each stretch replaced; stretches do not overlap."""
    for start, end, instead in sorted(cuts, reverse=True):
        text = text[:start] + instead + text[end:]
    return text


def _newline(text: str) -> str:
    return "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"


def _written(value: Value) -> str:
    """A value as TOML writes it."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)
