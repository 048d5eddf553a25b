"""Which camera and which sensor stand at which gate: TOML tables to values and mistakes. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property

from board.core.slips import slip
from devices.ids import STABLE_ID
from devices.placed import Key, read_placed, stands_for, under, wrong_place
from devices.tables import Mistake, Table, Wrong, wrong_keys

GATE = "gate"
TELLS = ("contact", "door", "occupancy", "presence", "input", "motion")
"""Channels that can tell that something goes through a gate."""
_CAMERA = re.compile(r"alpr:[^\0-\x1f]{1,100}\Z")
PLATE = "plate"
_LONGEST_NAME = 40


def is_door(channel: str) -> bool:
    """Whether a channel tells of something that opens, and of nothing else."""
    return stands_for(channel, ("contact", "door"))


@dataclass(frozen=True, slots=True)
class Gate:
    """One device at a gate: a `camera` that reads plates there, or a channel that tells that
    something goes through, or both. Tables of one name are one gate. In `shadow` both are heard,
    and the board is told nothing.
    """

    name: str
    camera: str = ""
    device: str = ""
    channel: str = ""
    invert: bool = False
    shadow: bool = False

    @property
    def key(self) -> Key:
        """Device and channel, of a camera alone its own."""
        return (self.device, self.channel) if self.device else (self.camera, PLATE)

    def is_open(self, value: bool) -> bool:
        """Whether a level of the channel means that something can go, or goes, through."""
        told = not value if stands_for(self.channel, ("contact",)) else value
        return told is not self.invert


@dataclass(frozen=True)
class Gates:
    """All gates of a shop."""

    tables: tuple[Gate, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[Key, Gate]:
        """What tells of a passage, by device and channel."""
        return {one.key: one for one in self.tables if one.device}

    @cached_property
    def by_camera(self) -> Mapping[str, str]:
        """The names of the gates at which cameras stand that count."""
        return {one.camera: one.name for one in self.tables if one.camera and not one.shadow}

    @cached_property
    def shadowed(self) -> Mapping[str, str]:
        """The same of cameras in shadow."""
        return {one.camera: one.name for one in self.tables if one.camera and one.shadow}

    @cached_property
    def watched(self) -> frozenset[str]:
        """Gates where a sensor tells of each passage; one in shadow tells of none, but without it
        a car that drives by would have come.
        """
        return frozenset(one.name for one in self.tables if one.device)

    @cached_property
    def blind(self) -> frozenset[str]:
        """Gates where nothing that counts reads plates."""
        return self.watched - frozenset(self.by_camera.values())

    @cached_property
    def devices(self) -> frozenset[str]:
        """Every device at a gate that is heard over MQTT; others are not looked for there."""
        named = {each for one in self.tables for each in (one.camera, one.device)} - {""}
        return frozenset(one for one in named if not _CAMERA.match(one))

    def of(self, device: str) -> tuple[tuple[str, str, bool], ...]:
        """The gates at which a device stands, the channel that counts there, and whether it is in
        shadow.
        """
        reads = ((one.name, PLATE, one.shadow) for one in self.tables if one.camera == device)
        tells = ((one.name, one.channel, one.shadow) for one in self.tables if one.device == device)
        return (*reads, *tells)

    def moved(self, ids: Mapping[str, str]) -> "Gates":
        """The same with stable ids in place of the names among them."""
        if self.devices.isdisjoint(ids):
            return self
        return Gates(tuple(_moved(one, ids) for one in self.tables))


NO_GATES = Gates()


def _moved(gate: Gate, ids: Mapping[str, str]) -> Gate:
    return replace(gate, camera=under(ids, gate.camera), device=under(ids, gate.device))


KEYS: Mapping[str, type] = {
    one.name: one.type for one in fields(Gate) if isinstance(one.type, type)
}


def read_gates(text: str) -> tuple[Gates, tuple[Mistake, ...]]:
    """The [[gate]] tables of a TOML file. Tables with mistakes are left out."""
    found, mistakes = read_placed(
        text,
        GATE,
        lambda table: wrong_keys(table.values, KEYS, ("name",)) or list(_wrong(table)),
        lambda table: Gate(**table.values),  # type: ignore[arg-type]  # wrong_keys
    )
    return Gates(tuple(found.values())), mistakes


def _wrong(table: Table) -> Iterator[Wrong]:
    gate = Gate(**table.values)  # type: ignore[arg-type]  # wrong_keys
    if not 0 < len(gate.name.strip()) <= _LONGEST_NAME:
        yield "name", slip("name_length", most=_LONGEST_NAME)
    elif not gate.name.isprintable():
        yield "name", slip("name_signs")
    if not gate.camera and not gate.device:
        yield "name", slip("gate_empty")
    if gate.camera and not (_CAMERA.match(gate.camera) or STABLE_ID.match(gate.camera)):
        yield "camera", slip("device_id", key="camera")
    if bool(gate.device) is not bool(gate.channel):
        yield "device", slip("gate_halves")
    elif gate.device:
        fits = stands_for(gate.channel, TELLS)
        yield from wrong_place(gate.device, gate.channel, fits, "no_gate")
