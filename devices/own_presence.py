"""What a shop tells other programs of itself: one TOML table to a value. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from board.core.slips import slip
from devices.home_assistant import USUAL_PREFIX
from devices.tables import Mistake, read_document, wrong_keys

PREFIX = re.compile(r"[\w-]{1,40}(?:/[\w-]{1,40}){0,2}\Z")


@dataclass(frozen=True, slots=True)
class OwnPresence:
    """`states`: each bay and each car here, masked; `home_assistant`: the bays as its devices,
    declared under `prefix`.
    """

    states: bool = True
    home_assistant: bool = False
    prefix: str = USUAL_PREFIX


KEYS: Mapping[str, type] = {
    one.name: one.type for one in fields(OwnPresence) if isinstance(one.type, type)
}


def read_presence(text: str) -> tuple[OwnPresence, tuple[Mistake, ...]]:
    """The [presence] table of a TOML file; with a mistake in it all is as if it were not there."""
    document = read_document(text, ("presence",), ())
    if isinstance(document, Mistake):
        return OwnPresence(), (document,)
    table = document.one("presence")
    wrong = wrong_keys(table.values, KEYS, ())
    prefix = table.values.get("prefix", USUAL_PREFIX)
    if not wrong and not PREFIX.match(str(prefix)):
        wrong = [("prefix", slip("prefix"))]
    if not wrong and table.values.get("home_assistant") and table.values.get("states") is False:
        wrong = [("home_assistant", slip("needs_states"))]
    if wrong:
        return OwnPresence(), tuple(table.mistake(key, reason) for key, reason in wrong)
    return OwnPresence(**table.values), ()  # type: ignore[arg-type]  # wrong_keys
