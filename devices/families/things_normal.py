"""The Things Stack's normalized payload: what decoders of many makers say in common words. Pure.

It is a list of measurements; those of the past, which a device has kept, are not what is now.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from devices.families.values import iso_moment
from devices.payloads import Json

MOST_MEASUREMENTS = 50
OF_NOW = timedelta(minutes=2)
"""So far may a device's clock and the way of its uplink put a measurement from now."""
PLACES: Mapping[str, tuple[str, ...]] = {
    "battery_voltage": ("battery",),
    "leak": ("water", "leak"),
    "motion": ("action", "motion", "detected"),
    "door": ("action", "contactState"),
}
"""Where each value stands, by what a decoder would call it. The battery is in volts."""


def normalized(told: Json, now: datetime) -> dict[str, Json]:
    """The values of now, as a decoder of its own would name them."""
    rows = told if isinstance(told, list) else [told]
    found: dict[str, Json] = {}
    for row in _of_now([one for one in rows[:MOST_MEASUREMENTS] if isinstance(one, dict)], now):
        found |= dict(_values(row))
    return found


def _of_now(rows: list[dict[str, Json]], now: datetime) -> list[dict[str, Json]]:
    """Those without a time of their own, else the latest, if it is of now at all."""
    undated = [one for one in rows if "time" not in one]
    dated = [(at, one) for one in rows if (at := iso_moment(one.get("time"))) is not None]
    if undated or not dated:
        return undated
    latest = max(at for at, _ in dated)
    return [one for at, one in dated if at == latest and abs(now - at) <= OF_NOW]


def _values(row: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    for name, path in PLACES.items():
        value: Json = row
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            yield name, value
