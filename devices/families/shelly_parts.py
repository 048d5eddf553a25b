"""The components of a Shelly (from the second generation on) and the presses it tells. Pure."""

from collections.abc import Sequence
from datetime import datetime

from devices.families import shelly_blu
from devices.families.message import Message
from devices.families.shelly_names import stable
from devices.families.shelly_rollers import level_of
from devices.families.values import moment, number, percent, press, text_of, whole
from devices.payloads import BadPayload, Json
from devices.readings import (
    Alive,
    Capability,
    Diagnostic,
    Finding,
    Observation,
    Partial,
    Reading,
    State,
)

LEVELS = {
    "input": ("state", Capability.input),
    "switch": ("output", Capability.output),
    "light": ("output", Capability.output),
    "flood": ("alarm", Capability.leak),
    "presencezone": ("value", Capability.occupancy),
    "bthomesensor": ("value", Capability.input),
}
"""Components with one boolean. An input in button mode has the state null: no level at all."""
COMPONENTS = frozenset({*LEVELS, "devicepower", "bthomedevice", "wifi", "sys", "cover", "mqtt"})
UNTOLD = frozenset({"btn_down", "btn_up"})
"""Halves of a press, which is told by itself."""
MOST_EVENTS = 50
MOST_MILLIVOLTS = 30_000


def part(
    device: str, key: str, value: dict[str, Json], at: datetime | None, message: Message
) -> Sequence[Reading] | BadPayload:
    """What one component's status tells; absent keys tell nothing."""
    kind, _, place = key.partition(":")
    match kind:
        case "devicepower":
            return _battery(device, value, at, message)
        case "wifi":
            return _radio(device, value, message)
        case "sys":
            return _system(device, value, message)
        case "cover":
            return _gate(device, value, place, at, message)
        case "bthomedevice":
            return _behind(f"{device}/{key}", value, at, message)
    if kind not in LEVELS:
        return []
    name, capability = LEVELS[kind]
    level = value.get(name)
    if level is None or (kind == "bthomesensor" and not isinstance(level, bool)):
        return []
    if not isinstance(level, bool):
        return BadPayload(f"{name} of {kind} is not a boolean")
    where = f"{kind}_{place}" if kind == "bthomesensor" else place
    return [message.level(device, capability, level, where, at=at)]


def _gate(
    device: str, value: dict[str, Json], place: str, at: datetime | None, message: Message
) -> list[State]:
    """A gate on its way is neither open nor shut; without a state nothing is told of it."""
    if not isinstance(value.get("state"), str):
        return []
    return [message.level(device, Capability.door, level_of(value), place, at=at)]


def _battery(
    device: str, value: dict[str, Json], at: datetime | None, message: Message
) -> list[State] | BadPayload:
    """On a cable the battery is missing and reads as 0 %: that is no level."""
    told, cable = value.get("battery"), value.get("external")
    if told is None:
        return []
    if not isinstance(told, dict):
        return BadPayload("battery is not an object")
    is_wired = isinstance(cable, dict) and cable.get("present") is True
    found: list[State] = []
    if "percent" in told:
        left = percent(told["percent"])
        known = None if is_wired and not left else left
        found.append(message.level(device, Capability.battery, known, at=at))
    volts = number(told.get("V"))
    if volts is not None and 0 < volts * 1000 <= MOST_MILLIVOLTS:
        found.append(message.level(device, Capability.battery_mv, round(volts * 1000), at=at))
    return found


def _radio(device: str, value: dict[str, Json], message: Message, dedupe: str = "") -> list[State]:
    strength = number(value.get("rssi"))
    if strength is None or strength >= 0:
        return []
    return [message.level(device, Capability.link, strength, "rssi", dedupe=dedupe)]


def _system(device: str, value: dict[str, Json], message: Message) -> list[Reading]:
    """Who it is, and how often a sleeping device wakes."""
    found: list[Reading] = [*stable(device, text_of(value.get("mac")), message)]
    period = number(value.get("wakeup_period"))
    if period is None or period <= 0:
        return found
    at = message.believed(moment(value.get("unixtime")))
    told = Diagnostic(
        device, Finding.interval, message.received_at, interval_seconds=period, device_time=at
    )
    remembered = Partial(device, message.topic, period, message.retained, message.received_at)
    return [*found, told, remembered]


def _behind(
    device: str, value: dict[str, Json], at: datetime | None, message: Message
) -> list[State]:
    """A Bluetooth device behind the Shelly; several gateways tell the same packet."""
    packet = whole(value.get("packet_id"))
    dedupe = "" if packet is None else f"packet_id:{packet}"
    found: list[State] = []
    if "battery" in value:
        left = percent(value["battery"])
        found.append(message.level(device, Capability.battery, left, at=at, dedupe=dedupe))
    return found + _radio(device, value, message, dedupe)


def presses(device: str, events: Json, message: Message) -> Sequence[Observation] | BadPayload:
    """The presses of a notification; changes of settings and updates are none."""
    if not isinstance(events, list):
        return BadPayload("events is not a list")
    found: list[Observation] = []
    for event in events[:MOST_EVENTS]:
        if not isinstance(event, dict):
            return BadPayload("an event is not an object")
        found += _event(device, event, message)
    return found


def _event(device: str, event: dict[str, Json], message: Message) -> Sequence[Observation]:
    kind, _, place = text_of(event.get("component"), 40).partition(":")
    said = text_of(event.get("event"), 40)
    if (kind, said) == ("sys", "sleep"):
        return [] if message.retained else [message.alive(device, Alive.sleeping)]
    if (kind, said) == ("script", shelly_blu.EVENT):
        at = message.believed(moment(event.get("ts")))
        return shelly_blu.heard(event.get("data"), at, message)
    word = press(said)
    if kind not in ("input", "bthomedevice") or said in UNTOLD or not said.endswith("_push"):
        return []
    whose = f"{device}/{kind}:{place}" if kind == "bthomedevice" else device
    button = str(whole(event.get("idx", 1))) if kind == "bthomedevice" else f"{kind}:{place}"
    told = moment(event.get("ts"))
    at = message.believed(told)
    key = f"{word}/ts:{event['ts']}" if told else ""
    off = [message.finding(device, Finding.clock)] if told and at is None else []
    return [*message.press(whose, button, word, key, at=at), *off]
