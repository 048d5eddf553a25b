"""Which families of devices a shop listens to, and under which base topics. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from zoneinfo import ZoneInfo

from board.core.slips import slip
from devices.adapters import Adapter
from devices.families import FAMILIES, opened
from devices.tables import Mistake, Table, near, read_tables, unknown_keys
from devices.topics import may_be_asked

LONGEST_BASE = 120
GREEDY = frozenset({"esphome", "shelly-gen2", "esp-rfid"})
"""Their usual topics begin with any word at all."""
AROUND = frozenset({"theengs"})
"""Whose gateways hear whatever is around them, also what is nobody's here."""
LOCAL = frozenset({"tasmota"})
"""Whose devices tell the time without a zone."""
ADDRESS = re.compile(r"(?:[0-9A-F]{12}|[0-9A-F]{2,11}\*)\Z")
ALWAYS = frozenset({"native"})
"""Open without being asked for."""
NEED_NONE = frozenset({"native", "wled", "hermes"})
"""What is heard by its [[lamp]] alone, or always."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One family under one base topic; without a base under its usual one. `only`: what gateways
    are to hear of all that is around them. `zone`: the shop's, for devices that tell local times.
    """

    name: str
    base: str = ""
    only: tuple[str, ...] = ()
    zone: str = ""

    def open(self) -> Adapter:
        """Its adapter."""
        more: dict[str, object] = {"only": frozenset(self.only)} if self.only else {}
        if self.zone:
            more["zone"] = ZoneInfo(self.zone)
        return opened(self.name, self.base, more)

    def at(self, zone: str) -> "Opening":
        """The same in a shop of that zone."""
        return replace(self, zone=zone) if self.name in LOCAL else self


USUAL = (Opening("zigbee2mqtt"),)


def read_openings(text: str) -> tuple[tuple[Opening, ...], tuple[Mistake, ...]]:
    """The [[family]] tables of a TOML file. Zigbee2MQTT is open without one of its own."""
    tables = read_tables(text, "family")
    if isinstance(tables, Mistake):
        return USUAL, (tables,)
    named = {str(one.values.get("name")) for one in tables}
    found = [one for one in USUAL if one.name not in named]
    mistakes: list[Mistake] = []
    for table in tables:
        wrong = _wrong(table, found)
        mistakes += wrong
        if not wrong:
            found.append(_opening(table))
    heard = {one.name for one in found}
    return (*(one for one in USUAL if one.name not in heard), *found), tuple(mistakes)


def written_in(text: str) -> frozenset[str]:
    """The names of the families that have a table; any other is heard without."""
    tables = read_tables(text, "family")
    named = [] if isinstance(tables, Mistake) else tables
    return frozenset(str(one.values.get("name")) for one in named)


def _opening(table: Table) -> Opening:
    """A slash at the end, as Tasmota writes its FullTopic, would make a word without letters."""
    name, base = str(table.values["name"]), str(table.values.get("base", "")).rstrip("/")
    return Opening(name, base, _addresses(table.values.get("only")) or ())


def _addresses(told: object) -> tuple[str, ...] | None:
    """Of Bluetooth devices, as their family writes them; None if any is no address."""
    if not isinstance(told, list):
        return None
    found = tuple(str(one).replace(":", "").upper() for one in told)
    return found if all(map(ADDRESS.match, found)) else None


def _wrong(table: Table, before: Sequence[Opening]) -> list[Mistake]:
    name, base = table.values.get("name"), table.values.get("base", "")
    unknown = unknown_keys(
        table.values, ("name", "base", *(["only"] if str(name) in AROUND else []))
    )
    found = [table.mistake(key, reason) for key, reason in unknown]
    if not isinstance(name, str) or name not in FAMILIES or name in ALWAYS:
        needs_none = isinstance(name, str) and name in NEED_NONE
        hint = "" if needs_none else near(str(name), FAMILIES)
        told = slip("family_heard" if needs_none else "no_family", hint, family=name)
        return [*found, table.mistake("name", told)]
    if not isinstance(base, str) or not _is_beginning(name, base):
        return [*found, table.mistake("base", slip("base_form"))]
    if name != "tasmota" and (base.startswith("/") or "//" in base.rstrip("/")):
        return [*found, table.mistake("base", slip("base_slashes"))]
    if base.startswith("shop/") or base == "shop":
        return [*found, table.mistake("base", slip("base_native"))]
    if str(name) in AROUND and "only" in table.values and not _addresses(table.values["only"]):
        return [*found, table.mistake("only", slip("only_form"))]
    return found or _quarrels(table, before)


def _is_beginning(name: str, base: str) -> bool:
    """Whether brokers let anybody hear what begins so: a plus sign is a whole word or none."""
    if len(base) > LONGEST_BASE or "#" in base or base.startswith("$"):
        return False
    return all(map(may_be_asked, Opening(name, base.rstrip("/")).open().filters))


def _quarrels(table: Table, before: Sequence[Opening]) -> list[Mistake]:
    """Brokers deliver a message twice to filters that overlap: a press would count twice."""
    wanted = _opening(table)
    if wanted.name in GREEDY and not wanted.base.strip("+/"):
        return [table.mistake("base", slip("base_needed", family=wanted.name))]
    for one in before:
        if any(overlap(a, b) for a in one.open().filters for b in wanted.open().filters):
            return [table.mistake("base", slip("base_overlaps", family=one.name))]
    return []


def overlap(one: str, other: str) -> bool:
    """Whether two filters may take one topic; a `+` in front is not counted, since no device
    speaks under the first word of another family. Discoveries are shared: asked for once.
    """
    if one == other:
        return not one.endswith("/config")
    if "+" in (one[:1], other[:1]):
        return False
    for mine, theirs in zip_longest(one.split("/"), other.split("/")):
        if "#" in (mine, theirs):
            return True
        if "+" not in (mine, theirs) and mine != theirs:
            return False
        if mine is None or theirs is None:
            return False
    return True
