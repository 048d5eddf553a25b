"""Which button calls for which help, and from where: TOML tables to values and mistakes. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from board.core.calls import CallKind
from board.core.commands import CallHelp
from board.core.slips import slip
from devices.placed import read_placed, stands_for, wrong_place
from devices.tables import Mistake, Table, Wrong, wrong_keys

NOTHING = "none"
"""Written for a press that calls for nothing."""
PRESSES = ("single", "double", "triple", "long")
ENDS = ("release",)
"""Words for the end of a press that was told already."""
BUTTON = "button"


@dataclass(frozen=True, slots=True)
class Button:
    """One button of a device, at a bay or at a technician's place, and the help that each of its
    presses calls for: a kind of call, or `none`. In `shadow` nobody is called.
    """

    device: str
    channel: str
    bay: str = ""
    technician: str = ""
    single: str = CallKind.technical
    double: str = CallKind.parts
    triple: str = NOTHING
    long: str = CallKind.safety
    shadow: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Device and channel."""
        return (self.device, self.channel)

    @property
    def place(self) -> str:
        """Where it hangs."""
        return self.bay or self.technician

    def knows(self, press: str) -> bool:
        """Whether a press of this word may mean something here."""
        return press in PRESSES or press in ENDS

    def call(self, press: str) -> CallHelp | None:
        """What a press of this word calls for."""
        kind = str(getattr(self, press)) if press in PRESSES else NOTHING
        if kind == NOTHING:
            return None
        return CallHelp(kind=CallKind(kind), bay=self.bay, technician=self.technician)


NEEDED = ("device", "channel")
KEYS: Mapping[str, type] = {
    one.name: one.type for one in fields(Button) if isinstance(one.type, type)
}
KINDS = (*(str(kind) for kind in CallKind), NOTHING)


def is_button(channel: str) -> bool:
    """Whether presses come on this channel."""
    return stands_for(channel, (BUTTON,))


def read_buttons(
    text: str, bays: Collection[str] | None = None, people: Collection[str] | None = None
) -> tuple[tuple[Button, ...], tuple[Mistake, ...]]:
    """The [[button]] tables of a TOML file; other tables are not looked at.

    With `bays` and `people` any other is a mistake. Tables with mistakes are left out.
    """
    found, mistakes = read_placed(
        text,
        BUTTON,
        lambda table: wrong_keys(table.values, KEYS, NEEDED) or _wrong_values(table, bays, people),
        lambda table: Button(**table.values),  # type: ignore[arg-type]  # wrong_keys
    )
    return tuple(found.values()), mistakes


def _wrong_values(
    table: Table, bays: Collection[str] | None, people: Collection[str] | None
) -> list[Wrong]:
    said = {key: str(value) for key, value in table.values.items()}
    found = wrong_place(said["device"], said["channel"], is_button(said["channel"]), "no_button")
    for key in PRESSES:
        if said.get(key, NOTHING) not in KINDS:
            found.append((key, slip("one_of", key=key, known=", ".join(KINDS))))
    return found + _wrong_hook(said.get("bay", ""), said.get("technician", ""), bays, people)


def _wrong_hook(
    bay: str, technician: str, bays: Collection[str] | None, people: Collection[str] | None
) -> list[Wrong]:
    if bool(bay) is bool(technician):
        return [("bay", slip("button_place"))]
    if bay and bays is not None and bay not in bays:
        return [("bay", slip("no_bay", bay=bay))]
    if technician and people is not None and technician not in people:
        return [("technician", slip("nobody", person=technician))]
    return []
