"""Which numbers a profile may say, and which of them must fit each other. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from math import isnan

from board.core.slips import Slip, slip
from devices.bindings import LEAST_GAP_MM, MEANS_A_CAR, Sensor
from devices.profiles.profile import Cell, Means, Sense
from devices.tables import Wrong


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most of a number."""

    least: float
    most: float

    def wrong(self, key: str, value: object) -> Slip | None:
        """What is wrong with a value; None when it fits."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return slip("number", key=key)
        if isinstance(value, float) and isnan(value):
            return slip("number", key=key)
        if not self.least <= value <= self.most:
            return slip("between", key=key, least=f"{self.least:g}", most=f"{self.most:g}")
        return None


RANGES: Mapping[str, Range] = {
    "expected_interval_seconds": Range(1, 172_800),
    "enter_seconds": Range(0, 600),
    "leave_seconds": Range(0, 600),
    "enter_below_mm": Range(1, 100_000),
    "leave_above_mm": Range(1, 100_000),
    "nearest_mm": Range(0, 100_000),
    "farthest_mm": Range(1, 100_000),
    "dedupe_seconds": Range(0.1, 3600),
    "low_below_percent": Range(1, 99),
    "fine_above_percent": Range(1, 100),
    "low_below_mv": Range(100, 30_000),
}
DISTANCES = ("nearest_mm", "enter_below_mm", "leave_above_mm", "farthest_mm")
SENSE = tuple(one.name for one in fields(Sense) if one.name != "invert")
USUAL = {one.name: one.default for one in fields(Sensor) if one.name in DISTANCES}


def wrong_sense(channel: str, values: Mapping[str, object]) -> Iterator[Wrong]:
    """What is wrong with the settings of a channel: key and reason."""
    kind = channel.partition("-")[0]
    if values.get("means") == Means.car and kind not in MEANS_A_CAR:
        yield "means", slip("no_car", channel=channel)
    if not isinstance(values.get("invert", False), bool):
        yield "invert", slip("true_or_false", key="invert")
    found = [
        (key, reason)
        for key in SENSE
        if key in values and (reason := RANGES[key].wrong(key, values[key]))
    ]
    yield from found
    said = [key for key in DISTANCES if key in values]
    if kind != "distance":
        yield from ((key, slip("for_distances", key=key)) for key in said)
    elif not found:
        yield from _wrong_row({**USUAL, **values}, said)


def _wrong_row(values: Mapping[str, object], said: list[str]) -> Iterator[Wrong]:
    nearest, enter, leave, farthest = (float(str(values[key])) for key in DISTANCES)
    if said and not nearest < enter < leave <= farthest:
        yield said[0], slip("order")
    elif said and leave - enter < LEAST_GAP_MM:
        yield said[-1], slip("gap", least=LEAST_GAP_MM)


def wrong_cell(values: Mapping[str, object]) -> Iterator[Wrong]:
    """What is wrong with the [battery] table: key and reason."""
    known = [one.name for one in fields(Cell)]
    for key, value in values.items():
        if key not in known:
            yield key, slip("unknown_of_battery", key=key, known=", ".join(known))
        elif reason := RANGES[key].wrong(key, value):
            yield key, reason
    low = values.get("low_below_percent", Cell().low_below_percent)
    fine = values.get("fine_above_percent", Cell().fine_above_percent)
    if isinstance(low, int | float) and isinstance(fine, int | float) and low > fine:
        yield "fine_above_percent", slip("battery_order")
