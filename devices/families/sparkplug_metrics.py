"""What the metrics of Sparkplug mean: any name, so the last word of its path decides. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from msgspec import Struct

from devices.families.decoded import UNITS, Meant, happening, level_of, meant
from devices.families.message import LONGEST_TEXT, Message
from devices.families.sparkplug_payload import BOOLEAN, Metric, Scalar, signed
from devices.families.values import moment, number
from devices.readings import Capability, Event, Finding, Observation, Quality, State

ABOUT_ITSELF = ("Node Control/", "Device Control/", "Properties/", "Node Info/", "bdSeq")
OUTPUTS = "outputs/"
VOLTS = ("V", "mV")
LINKS = ("rssi", "snr")
QUALITIES = {0: Quality.bad, 500: Quality.stale}
GOOD = range(192, 256)
Named = tuple["Known", Metric]


class Known(Struct, frozen=True, gc=False):
    """What a birth tells of a value."""

    name: str
    datatype: int = 0
    unit: str = ""


def meaning(
    message: Message, device: str, metrics: Sequence[Named], sent: int | None, is_birth: bool
) -> list[Observation]:
    """Levels and, unless a birth repeats the last ones, events; values of the past mean nothing.

    `sent`: the milliseconds of the whole message.
    """
    found: list[Observation] = []
    wrong_clock = False
    for known, metric in metrics:
        if metric.historical or known.name.startswith(ABOUT_ITSELF):
            continue
        told = metric.timestamp if metric.timestamp is not None else sent
        at = _believed(message, told)
        meant_here: list[Observation] = [*_states(message, device, known, metric, at)]
        if not is_birth and not meant_here:
            meant_here += _events(message, device, known, metric, at, told)
        wrong_clock = wrong_clock or bool(meant_here and told is not None and at is None)
        found += meant_here
    return [*found, message.finding(device, Finding.clock)] if wrong_clock else found


def model_of(metrics: Iterable[Metric]) -> str:
    """The model that a birth names."""
    told = {one.name: one.value for one in metrics}
    model = told.get("Properties/Hardware Model") or told.get("Properties/Hardware Make")
    return model[:LONGEST_TEXT] if isinstance(model, str) else ""


def _states(
    message: Message, device: str, known: Known, metric: Metric, at: datetime | None
) -> list[State]:
    is_boolean = isinstance(metric.value, bool) or (known.datatype or metric.datatype) == BOOLEAN
    one = _meant(known.name, is_boolean)
    if one is None:
        return []
    if one.capability is Capability.battery and known.unit.strip() in VOLTS:
        one = replace(one, capability=Capability.battery_mv)
    place = one.place
    quality = _quality(metric.quality)
    if quality is not Quality.good or metric.is_null:
        lost = quality if quality is not Quality.good else Quality.unknown
        return [message.level(device, one.capability, None, place, at=at, quality=lost)]
    value = signed(metric.value, known.datatype or metric.datatype)
    return [message.level(device, one.capability, _level(one, known, value), place, at=at)]


def _level(one: Meant, known: Known, value: Scalar) -> Scalar:
    if one.capability is Capability.link:
        return number(value)
    unit = known.unit.strip().lower()
    if one.capability is Capability.distance and unit in UNITS:
        one = Meant(one.capability, one.place, unit)
    return level_of(one, value)


def _meant(name: str, is_boolean: bool) -> Meant | None:
    """What a name stands for; a boolean of another name is an input, or what the path says."""
    last = name.rpartition("/")[2]
    if last.lower() in LINKS:
        return Meant(Capability.link, last.lower())
    one = meant(last)
    if one is not None:
        return one if last == name else replace(one, place=name)
    if not is_boolean:
        return None
    is_output = name.lower().startswith(OUTPUTS)
    return Meant(Capability.output if is_output else Capability.input, name)


def _quality(code: int | None) -> Quality:
    if code is None or code in GOOD:
        return Quality.good
    return QUALITIES.get(code, Quality.bad)


def _events(
    message: Message,
    device: str,
    known: Known,
    metric: Metric,
    at: datetime | None,
    told: int | None,
) -> Sequence[Event]:
    last = known.name.rpartition("/")[2]
    key = "" if told is None else f"{known.name}/{told}"
    value = None if metric.is_null or _quality(metric.quality) is not Quality.good else metric.value
    return happening(message, device, last, value, key, at)


def _believed(message: Message, milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else message.believed(moment(milliseconds / 1000))
