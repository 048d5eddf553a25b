"""Which reader stands at which bay and whose badge is whose: TOML tables to values. Pure.

A badge's number is nowhere kept: a file names it by its mark, made with a key of the site.
"""

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from board.core.slips import slip
from devices.placed import read_placed, stands_for, wrong_place
from devices.tables import Mistake, Table, Wrong, read_tables, wrong_keys

BADGE = "badge"
MARK_SIGNS = 16


@dataclass(frozen=True, slots=True)
class Reader:
    """A badge reader at a bay. In `shadow` no clock is touched."""

    device: str
    bay: str
    channel: str = BADGE
    shadow: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Device and channel."""
        return (self.device, self.channel)


_READER: Mapping[str, type] = {
    one.name: one.type for one in fields(Reader) if isinstance(one.type, type)
}
_HOLDER: Mapping[str, type] = {"mark": str, "person": str}


def mark_of(key: bytes, text: str) -> str:
    """What stands for a badge, or for one showing of it, in files and ids."""
    return hmac.digest(key, text.upper().encode(), "sha256").hex()


def read_readers(
    text: str, bays: Collection[str] | None = None
) -> tuple[tuple[Reader, ...], tuple[Mistake, ...]]:
    """The [[badge]] tables of a TOML file. Tables with mistakes are left out."""
    found, mistakes = read_placed(
        text,
        BADGE,
        lambda table: (
            wrong_keys(table.values, _READER, ("device", "bay")) or _wrong_reader(table, bays)
        ),
        lambda table: Reader(**table.values),  # type: ignore[arg-type]  # wrong_keys
    )
    return tuple(found.values()), mistakes


def read_holders(
    text: str, people: Collection[str] | None = None
) -> tuple[Mapping[str, str], tuple[Mistake, ...]]:
    """The persons of the [[holder]] tables of a TOML file, by the marks of their badges."""
    tables = read_tables(text, "holder")
    if isinstance(tables, Mistake):
        return {}, (tables,)
    found: dict[str, str] = {}
    mistakes: list[Mistake] = []
    for table in tables:
        wrong = wrong_keys(table.values, _HOLDER, _HOLDER) or _wrong_holder(table, people)
        mark = str(table.values.get("mark", "")).lower()
        if not wrong and mark in found:
            wrong = [("mark", slip("badge_taken", person=found[mark]))]
        if not wrong:
            found[mark] = str(table.values["person"])
        mistakes += [table.mistake(key, reason) for key, reason in wrong]
    return found, tuple(mistakes)


def _wrong_reader(table: Table, bays: Collection[str] | None) -> list[Wrong]:
    said = {key: str(value) for key, value in table.values.items()}
    channel = said.get("channel", BADGE)
    found = wrong_place(said["device"], channel, stands_for(channel, (BADGE,)), "no_badges")
    if bays is not None and said["bay"] not in bays:
        found.append(("bay", slip("no_bay", bay=said["bay"])))
    return found


def _wrong_holder(table: Table, people: Collection[str] | None) -> list[Wrong]:
    mark, person = str(table.values["mark"]), str(table.values["person"])
    if len(mark) != MARK_SIGNS or not set(mark.lower()) <= set("0123456789abcdef"):
        return [("mark", slip("mark", length=MARK_SIGNS))]
    if people is not None and person not in people:
        return [("person", slip("nobody", person=person))]
    return []
