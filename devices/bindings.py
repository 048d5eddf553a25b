"""Which channel of which device hangs on which bay: TOML text to values and mistakes. Pure."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property

from devices.tables import Mistake, Table, read_tables

STABLE_ID = re.compile(
    r"native:[a-z0-9-]{1,40}\Z|z2m:0x[0-9a-f]{16}\Z"
    r"|(?:tasmota|shelly|esphome|homie|ha|spb|lora|frigate|ble|nuki|esprfid):[\w][\w ./:-]{0,119}\Z"
)
CHANNEL = re.compile(r"[a-z_]{1,20}(?:-[\w ./:-]{1,99})?\Z")
MEANS_A_CAR = ("occupancy", "presence", "distance", "contact", "input")
LEAST_GAP_MM = 150


@dataclass(frozen=True, slots=True)
class Sensor:
    """One channel that tells whether a car stands in a bay.

    A level must last `enter_seconds` (car comes) or `leave_seconds` (car goes) to count.
    Distances: a car is nearer than `enter_below_mm`, gone beyond `leave_above_mm`; readings
    outside `nearest_mm`..`farthest_mm` are none. Without a reading for 2.5 times
    `expected_interval_seconds` the channel is unknown. Higher `priority` decides a conflict.
    """

    device: str
    channel: str
    bay: str
    invert: bool = False
    enter_seconds: float = 5
    leave_seconds: float = 20
    enter_below_mm: float = 1200
    leave_above_mm: float = 1500
    nearest_mm: float = 20
    farthest_mm: float = 4000
    expected_interval_seconds: float = 120
    priority: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """Device and channel: the place in the memory of levels."""
        return (self.device, self.channel)

    @property
    def stale_seconds(self) -> float:
        """How long a reading is believed."""
        return 2.5 * self.expected_interval_seconds


@dataclass(frozen=True)
class Bindings:
    """All sensors of a shop."""

    sensors: tuple[Sensor, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], Sensor]:
        """Sensors by device and channel."""
        return {sensor.key: sensor for sensor in self.sensors}

    @cached_property
    def by_bay(self) -> Mapping[str, tuple[Sensor, ...]]:
        """Sensors of each bay, the deciding ones first."""
        ordered = sorted(self.sensors, key=lambda sensor: -sensor.priority)
        bays = dict.fromkeys(sensor.bay for sensor in self.sensors)
        return {bay: tuple(one for one in ordered if one.bay == bay) for bay in bays}

    def moved(self, ids: Mapping[str, str]) -> "Bindings":
        """The same with stable ids in place of the names among them."""
        if self.devices.isdisjoint(ids):
            return self
        return Bindings(
            tuple(replace(one, device=ids.get(one.device, one.device)) for one in self.sensors)
        )

    @cached_property
    def devices(self) -> frozenset[str]:
        """Every bound device."""
        return frozenset(sensor.device for sensor in self.sensors)


KINDS: Mapping[str, type] = {
    one.name: one.type for one in fields(Sensor) if isinstance(one.type, type)
}
NEEDED = ("device", "channel", "bay")


def read_bindings(
    text: str, bays: frozenset[str] | None = None
) -> tuple[Bindings, tuple[Mistake, ...]]:
    """The [[sensor]] tables of a TOML file; other tables are not looked at.

    With `bays`, a sensor on any other bay is a mistake. Tables with mistakes are left out.
    """
    tables = read_tables(text, "sensor")
    if isinstance(tables, Mistake):
        return Bindings(), (tables,)
    sensors: dict[tuple[str, str], Sensor] = {}
    mistakes: list[Mistake] = []
    for table in tables:
        found = _sensor_mistakes(table, bays) or _twice(table, sensors)
        mistakes.extend(found)
        if not found:
            sensor = _sensor(table)
            sensors[sensor.key] = sensor
    return Bindings(tuple(sensors.values())), tuple(mistakes)


def _sensor_mistakes(table: Table, bays: frozenset[str] | None) -> list[Mistake]:
    found = [table.mistake(key, reason) for key, reason in _wrong_keys(table.values)]
    if found:
        return found
    return [table.mistake(key, reason) for key, reason in _wrong_values(_sensor(table), bays)]


def _wrong_keys(values: Mapping[str, object]) -> list[tuple[str, str]]:
    found = [(key, f"{key} is missing") for key in NEEDED if key not in values]
    for key, value in values.items():
        kind = KINDS.get(key)
        if kind is None:
            near = difflib.get_close_matches(key, KINDS, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            found.append((key, f"{key} is not known here{hint}"))
        elif not _is(value, kind):
            found.append((key, f"{key} must be {WORDS[kind]}"))
    return found


WORDS: Mapping[type, str] = {str: "a text", bool: "true or false", float: "a number", int: "whole"}


def _is(value: object, kind: type) -> bool:
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    return isinstance(value, int | float) if kind is float else isinstance(value, kind)


def _sensor(table: Table) -> Sensor:
    return Sensor(**table.values)  # type: ignore[arg-type]  # checked by _wrong_keys


def _wrong_values(sensor: Sensor, bays: frozenset[str] | None) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if not STABLE_ID.match(sensor.device):
        found.append(("device", "device must be an id as the list of devices shows it"))
    if not CHANNEL.match(sensor.channel):
        found.append(("channel", "channel must be what it measures, or that and - and a place"))
    elif sensor.channel.partition("-")[0] not in MEANS_A_CAR:
        found.append(("channel", f"{sensor.channel} says nothing about a car in a bay"))
    if bays is not None and sensor.bay not in bays:
        found.append(("bay", f"there is no bay {sensor.bay}"))
    return found + _wrong_numbers(sensor)


def _wrong_numbers(sensor: Sensor) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key in ("enter_seconds", "leave_seconds"):
        if not 0 <= getattr(sensor, key) <= 600:
            found.append((key, f"{key} must be between 0 and 600"))
    if not 1 <= sensor.expected_interval_seconds <= 172_800:
        key = "expected_interval_seconds"
        found.append((key, f"{key} must be between 1 and 172800"))
    if not sensor.leave_above_mm - sensor.enter_below_mm >= LEAST_GAP_MM:
        reason = f"leave_above_mm must be {LEAST_GAP_MM} more than enter_below_mm or further"
        found.append(("leave_above_mm", reason))
    if not sensor.nearest_mm < sensor.enter_below_mm < sensor.leave_above_mm <= sensor.farthest_mm:
        reason = "nearest, enter, leave and farthest must follow each other"
        found.append(("enter_below_mm", reason))
    return found


def _twice(table: Table, sensors: Mapping[tuple[str, str], Sensor]) -> list[Mistake]:
    key = (str(table.values["device"]), str(table.values["channel"]))
    if key not in sensors:
        return []
    return [table.mistake("channel", f"{key[1]} of {key[0]} is already bound")]
