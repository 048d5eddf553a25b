"""What the makers' own decoders call the things of a workshop: LoRa codecs, metrics. Pure.

A key means something only with a value that fits it: any other word is unknown, never free.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from devices.families.message import Message
from devices.families.values import number, percent, press, uid
from devices.payloads import Json
from devices.readings import Capability, Event, EventKind, Level, State

YES = frozenset({"1", "on", "true", "yes", "h", "high", "active", "trigger", "triggered"})
NO = frozenset({"0", "off", "false", "no", "l", "low", "inactive", "normal", "none"})
WORDS: Mapping[Capability, tuple[frozenset[str], frozenset[str]]] = {
    Capability.occupancy: (
        YES | {"occupied", "occupancy", "busy", "parked", "present"},
        (NO - {"normal", "none"}) | {"free", "vacant", "empty", "unoccupied", "not_occupied"},
    ),
    Capability.door: (
        (YES - {"active", "trigger", "triggered"}) | {"open", "opened"},
        (NO - {"normal", "none", "inactive"}) | {"close", "closed", "shut"},
    ),
    Capability.leak: (YES | {"leak", "leaking", "wet"}, NO | {"dry"}),
    Capability.motion: (YES | {"motion", "detected"}, NO | {"idle"}),
    Capability.input: (YES | {"closed"}, NO - {"normal", "none"} | {"open"}),
}
"""What is said for yes and for no. An input that is closed conducts."""
NAMES: Mapping[str, Capability] = {
    "occupied": Capability.occupancy, "occupancy": Capability.occupancy,
    "presence": Capability.occupancy, "parked": Capability.occupancy,
    "parking_status": Capability.occupancy, "occupancy_status": Capability.occupancy,
    "vehicle_present": Capability.occupancy, "vehicle_detected": Capability.occupancy,
    "vehicle_status": Capability.occupancy, "car_present": Capability.occupancy,
    "car_detected": Capability.occupancy, "is_occupied": Capability.occupancy,
    "parking_state": Capability.occupancy, "parking_slot_status": Capability.occupancy,
    "slot_status": Capability.occupancy, "occupancy_state": Capability.occupancy,
    "presence_detected": Capability.occupancy,
    "open": Capability.door, "door": Capability.door, "opened": Capability.door,
    "door_open": Capability.door, "is_open": Capability.door, "door_state": Capability.door,
    "door_status": Capability.door, "door_open_status": Capability.door,
    "magnet_status": Capability.door,
    "leak": Capability.leak, "water_leak": Capability.leak, "leakage_status": Capability.leak,
    "leak_status": Capability.leak,
    "motion": Capability.motion, "pir": Capability.motion, "motion_status": Capability.motion,
    "pir_status": Capability.motion, "motion_detected": Capability.motion,
    "distance": Capability.distance, "distance_mm": Capability.distance,
    "distance_cm": Capability.distance, "distance_m": Capability.distance,
    "battery": Capability.battery, "battery_level": Capability.battery,
    "battery_percent": Capability.battery, "battery_percentage": Capability.battery,
    "battery_low": Capability.battery_low, "low_battery": Capability.battery_low,
    "battery_mv": Capability.battery_mv, "batv": Capability.battery_mv,
    "bat_v": Capability.battery_mv, "battery_voltage": Capability.battery_mv,
    "battery_v": Capability.battery_mv, "vdd": Capability.battery_mv, "vbat": Capability.battery_mv,
    "bat": Capability.battery_mv, "batt": Capability.battery_mv,
}  # fmt: skip
INPUT = re.compile(
    r"(?:gpio_?in(?:put)?|gpio|digital_?in(?:put)?|di|din|input)_?(\d{1,3})(?:_status)?\Z"
)
PLACED = re.compile(
    r"(?P<name>presence|occupancy|occupied|distance|door|open)(?:_sensor)?_(?P<place>\d{1,3})\Z"
)
PRESSES = ("press", "button", "button_event", "button_status", "button_press", "action")
BUTTON = re.compile(r"button_(\d{1,2})(?:_(?:event|status|press))?\Z")
TRIGGERED = ("trigger", "triggered", "pressed")
BADGES = ("badge", "badge_uid", "card_uid", "uid", "rfid")
UNITS = {"mm": 1.0, "cm": 10.0, "m": 1000.0}
MOST_MILLIVOLTS = 20_000
LOWEST_MILLIVOLTS = 100
"""Below it a voltage is in volts."""
WITH_UNIT = re.compile(r"\s*([+-]?\d{1,12}(?:\.\d{1,12})?)\s*(mm|cm|m|%|mV|V)\s*\Z")
CELL_VOLTS, MOST_VOLTS, LEAST_MILLIVOLTS = (1.5, 4.3), 30, 1000
MOST_DECIMALS = 3
"""What a decoder calls battery is volts with so few decimals: a share would have none or many."""
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
MOST_KEYS = 200


@dataclass(frozen=True, slots=True)
class Meant:
    """What a key stands for; distances are in `unit`."""

    capability: Capability
    place: str = ""
    unit: str = "mm"


def plain_key(key: str) -> str:
    """`parkingStatus` and `Parking Status` are `parking_status`."""
    return CAMEL.sub("_", key.strip()).lower().replace(" ", "_").replace("-", "_")


@lru_cache(1024)
def meant(key: str) -> Meant | None:
    """What a decoder's key stands for, or None for what a workshop does not need."""
    plain = plain_key(key)
    if plain in NAMES:
        unit = plain.rpartition("_")[2]
        return Meant(NAMES[plain], unit=unit if unit in UNITS else "mm")
    if found := INPUT.match(plain):
        return Meant(Capability.input, found[1])
    if found := PLACED.match(plain):
        return Meant(NAMES[found["name"]], found["place"])
    return None


def level_of(one: Meant, value: Json) -> Level:
    """The value in our unit; None for what does not fit."""
    told, unit = _measured(value)
    match one.capability:
        case Capability.distance:
            far = number(told)
            known = UNITS.get(unit or one.unit)
            return None if far is None or far < 0 or known is None else round(far * known, 3)
        case Capability.battery:
            return percent(told)
        case Capability.battery_mv:
            return _millivolts(told)
    return truth(one.capability, value)


def _measured(value: Json) -> tuple[Json, str]:
    """A value and the unit written behind it: `1503 mm`, `98%`."""
    found = WITH_UNIT.match(value) if isinstance(value, str) else None
    return (found[1], found[2]) if found else (value, "")


def _of_battery(one: Meant, value: Json) -> Meant:
    """What is called battery may be its share or its voltage."""
    told, unit = _measured(value)
    level = number(told)
    if level is None or one.capability not in (Capability.battery, Capability.battery_mv):
        return one
    if one.capability is Capability.battery_mv:
        is_share = unit == "%" or (not unit and MOST_VOLTS < level <= 100)
        return Meant(Capability.battery, one.place) if is_share else one
    least, most = CELL_VOLTS
    is_cell = level != int(level) and least <= level <= most
    in_volts = is_cell and round(level, MOST_DECIMALS) == level
    is_voltage = unit in ("V", "mV") or (not unit and (in_volts or level >= LEAST_MILLIVOLTS))
    return Meant(Capability.battery_mv, one.place) if is_voltage else one


def truth(capability: Capability, value: Json) -> bool | None:
    """Yes, no or neither, in the words that decoders use for this."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float) and value in (0, 1):
        return bool(value)
    if not isinstance(value, str) or len(value) > 40:
        return None
    word = value.strip().lower().replace(" ", "_")
    yes, no = WORDS.get(capability, (YES, NO))
    return True if word in yes else False if word in no else None


def levels(
    message: Message,
    device: str,
    values: Mapping[str, Json],
    at: datetime | None = None,
    dedupe: str = "",
) -> list[State]:
    """Every level among decoded values; what is not there means nothing."""
    found: list[State] = []
    for key, value in list(values.items())[:MOST_KEYS]:
        one = meant(key)
        if one is not None and not isinstance(value, dict | list):
            one = _of_battery(one, value)
            level, place, what = level_of(one, value), one.place, one.capability
            found.append(message.level(device, what, level, place, at=at, dedupe=dedupe))
    return found


def happenings(
    message: Message,
    device: str,
    values: Mapping[str, Json],
    key: str = "",
    at: datetime | None = None,
) -> list[Event]:
    """Every press and badge among decoded values."""
    found: list[Event] = []
    for name, value in list(values.items())[:MOST_KEYS]:
        found += happening(message, device, name, value, key, at)
    return found


def happening(
    message: Message, device: str, name: str, value: Json, key: str, at: datetime | None
) -> Sequence[Event]:
    """What one decoded value says has happened; nothing for a name that tells a level."""
    if not isinstance(value, str) or not value.strip():
        return []
    plain = plain_key(name)
    numbered = BUTTON.match(plain)
    if plain in PRESSES or numbered:
        word = press(value.strip().replace(" ", "_"))
        word = "single" if word in TRIGGERED else word
        known = word and word not in ("none", "normal", "idle", "released")
        return (
            message.press(device, numbered[1] if numbered else "1", word, key, at=at)
            if known
            else []
        )
    badge = uid(value) if plain in BADGES else ""
    return message.once(device, "badge", EventKind.badge, badge, key, at=at) if badge else []


def _millivolts(value: Json) -> float | None:
    told = number(value)
    if told is None or told <= 0:
        return None
    millivolts = told * 1000 if told < LOWEST_MILLIVOLTS else told
    return round(millivolts, 3) if millivolts <= MOST_MILLIVOLTS else None
