"""How decoders pack their values: in wrappers, with units, by channel; here on one level. Pure."""

from collections.abc import Mapping

from devices.families.decoded import MOST_KEYS, WITH_UNIT, meant, plain_key
from devices.families.values import number
from devices.payloads import Json
from devices.readings import Capability

WRAPPERS = ("data", "decoded", "payload")
"""Keys under which some decoders put all of their values."""
OF_ONE = ("value", "status")
"""Keys of a value that has its unit or its number beside it."""
MOST_DIGITS = 6
"""After the point: 0.1 + 0.2 m has seventeen."""


def unpacked(values: Mapping[str, Json]) -> dict[str, Json]:
    """All values on one level: without wrappers, a value with its unit in one, and those of
    several places (`{"digitalInput": {"1": 0}}`, as Cayenne LPP is decoded) each by itself.
    """
    found: dict[str, Json] = {}
    for key, value in list(values.items())[:MOST_KEYS]:
        if not isinstance(value, dict):
            found[key] = value
        elif plain_key(key) in WRAPPERS:
            inside = unpacked(value)
            found.update({name: one for name, one in inside.items() if name not in values})
        elif value and all(name.isdecimal() for name in value):
            found.update({f"{key}_{name}": one for name, one in value.items()})
        else:
            found[key] = _of_one(key, value)
    return found


def _of_one(key: str, value: dict[str, Json]) -> Json:
    """A value and its unit as one text; a distance in a unit that nobody knows is none."""
    level = next((value[name] for name in OF_ONE if name in value), value)
    unit, told = value.get("unit"), number(level)
    if not isinstance(unit, str) or told is None:
        return level
    if WITH_UNIT.match(with_unit := f"{round(told, MOST_DIGITS)} {unit}"):
        return with_unit
    one = meant(key)
    return None if one is not None and one.capability is Capability.distance else level
