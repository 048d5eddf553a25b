"""The shop's set-up file (TOML) into the command that imports it, or line and reason per mistake.

Checks shape and references; what the rules forbid besides, the desk refuses.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from board.core.commands import ImportShop
from board.core.workflow import Workflow
from board.shop_file_places import Places
from board.shop_file_tables import command_of, pins_of
from board.shop_file_values import Mistake, Values
from board.shop_file_workflow import workflow_of

MOST_DOTS = 100


@dataclass(frozen=True, slots=True)
class ShopFile:
    """A sound file: the command it means, and the PINs it gives by person (for a demo)."""

    command: ImportShop
    pins: Mapping[str, str] = field(default_factory=dict)


def read_shop_file(text: str) -> ShopFile | tuple[Mistake, ...]:
    """Return what the file means, or every mistake in it, by line.

    May take a second for a file made to be slow: use a thread.
    """
    tables = _tables(text)
    if isinstance(tables, tuple):
        return tables
    values = Values(Places(text))
    command = command_of(tables, values)
    pins = pins_of(tables, command.people, values)
    if values.mistakes:
        return tuple(sorted(values.mistakes, key=lambda mistake: mistake.line))
    return ShopFile(command, pins)


def read_workflow(text: str) -> Workflow | tuple[Mistake, ...]:
    """Return the workflow that a file has, whatever else is in it, or the mistakes of that part."""
    tables = _tables(text)
    if isinstance(tables, tuple):
        return tables
    values = Values(Places(text))
    _, flow = workflow_of(tables, values)
    if values.mistakes:
        return tuple(sorted(values.mistakes, key=lambda mistake: mistake.line))
    return flow


def _tables(text: str) -> dict[str, object] | tuple[Mistake, ...]:
    if dotted := _too_dotted(text):
        return dotted
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return (_syntax_mistake(str(error), text),)


def check(text: str) -> list[Mistake]:
    """Return the mistakes of a shop file, by line; none when it is sound."""
    found = read_shop_file(text)
    return list(found) if isinstance(found, tuple) else []


def _too_dotted(text: str) -> tuple[Mistake, ...]:
    # Keys within keys cost the parser the square of their depth: seconds for one long line.
    return tuple(
        Mistake(number, "", "dots", {"most": MOST_DOTS})
        for number, line in enumerate(text.split("\n"), 1)
        if line.count(".") > MOST_DOTS and not line.lstrip().startswith("#")
    )


def _syntax_mistake(error: str, text: str) -> Mistake:
    reason, _, place = error.partition(" (at line ")
    number = place.partition(",")[0]
    last = text.count("\n") + 1
    line = int(number) if number.isdigit() else last
    return Mistake(line, "", "syntax", {"detail": reason})
