"""What people's names for values say of them: `bay_1_occupied` is an occupancy of bay_1. Pure.

For schemes that carry values without their meaning. A declared class always goes before.
"""

import re
from collections.abc import Mapping

from devices.readings import Capability

BOOLEANS: Mapping[str, Capability] = {
    "occupied": Capability.occupancy,
    "occupancy": Capability.occupancy,
    "presence": Capability.occupancy,
    "present": Capability.occupancy,
    "parked": Capability.occupancy,
    "motion": Capability.motion,
    "pir": Capability.motion,
    "door": Capability.door,
    "gate": Capability.door,
    "open": Capability.door,
    "opening": Capability.door,
    "vibration": Capability.vibration,
    "leak": Capability.leak,
    "wet": Capability.leak,
    "low_battery": Capability.battery_low,
    "battery_low": Capability.battery_low,
}
NUMBERS: Mapping[str, Capability] = {
    "distance": Capability.distance,
    "range": Capability.distance,
    "sonar": Capability.distance,
    "ultrasonic": Capability.distance,
    "lidar": Capability.distance,
    "tof": Capability.distance,
    "battery_voltage": Capability.battery_mv,
    "battery_level": Capability.battery,
    "battery": Capability.battery,
    "wifi_signal": Capability.link,
    "rssi": Capability.link,
}
CLASSES: Mapping[str, Capability] = {
    "occupancy": Capability.occupancy,
    "presence": Capability.occupancy,
    "motion": Capability.motion,
    "moving": Capability.motion,
    "garage_door": Capability.door,
    "door": Capability.door,
    "opening": Capability.door,
    "window": Capability.door,
    "vibration": Capability.vibration,
    "moisture": Capability.leak,
    "battery": Capability.battery_low,
}
"""Classes of Home Assistant's binary sensors; on = detected, open, wet or low."""
NUMBER_CLASSES: Mapping[str, Capability] = {
    "distance": Capability.distance,
    "battery": Capability.battery,
    "signal_strength": Capability.link,
}
BADGES = frozenset({"tag", "badge", "card", "rfid", "nfc", "uid"})
BUTTONS = frozenset({"button", "andon", "call", "press", "action"})
OF_SOMETHING_ELSE = frozenset(
    {"battery", "fault", "problem", "tamper", "error", "timeout", "enabled", "mode", "led"}
)
"""`door_battery` is no door, `occupancy_timeout` no occupancy."""
MILLIMETRES: Mapping[str, float] = {"mm": 1, "cm": 10, "m": 1000, "in": 25.4, "ft": 304.8}
MILLIVOLTS: Mapping[str, float] = {"V": 1000, "mV": 1}


def parts(name: str) -> list[str]:
    """The words of a name."""
    return [word for word in re.split(r"[^a-z0-9]+", name.lower()) if word]


def meant(name: str, known: Mapping[str, Capability]) -> tuple[Capability | None, str]:
    """The capability that a name ends or begins with, and the rest, which is the place."""
    words = parts(name)
    for size in (2, 1):
        for head, rest in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            capability = known.get("_".join(head)) if len(head) == size else None
            if capability is not None and OF_SOMETHING_ELSE.isdisjoint(rest):
                return capability, "_".join(rest)
    return None, "_".join(words)


def speaks_of(name: str, known: frozenset[str]) -> bool:
    """Whether one of these words stands in a name."""
    return not known.isdisjoint(parts(name))


def in_our_unit(capability: Capability, value: float, unit: str) -> float | None:
    """The value in our unit; None when it is out of all reason or in a unit that nobody knows.
    Without a unit: m, V, %, dBm.
    """
    plain = unit.strip()
    if capability is Capability.distance:
        each = MILLIMETRES.get(plain.lower() or "m")
        far = None if each is None else value * each
        return round(far, 3) if far is not None and 0 <= far <= 1_000_000 else None
    if capability is Capability.battery_mv:
        level = value * MILLIVOLTS.get(plain or "V", 0)
        return round(level, 1) if 0 < level <= 30_000 else None
    if capability is Capability.battery:
        return value if 0 <= value <= 100 and plain in ("", "%") else None
    return value if -200 <= value <= 255 else None
