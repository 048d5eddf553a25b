"""From distances captured over an empty bay and over a car to thresholds. Pure.

Everything is in mm. Nothing is suggested from readings that do not tell the two apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, isfinite
from statistics import median

from devices.bindings import LEAST_GAP_MM

LEAST_READINGS = 5
MOST_READINGS = 200
NOISY_MM = 150
HAND_MM = 100
"""So much air a threshold gets where there is room: other cars and loads are not alike."""
SPREADS = 3
"""A threshold lies at least so many spreads from what was measured."""
BEYOND_MM = 300
NEAREST_MM = 20


class Unfit(StrEnum):
    """Why nothing can be suggested."""

    few_empty = "few_empty"
    few_car = "few_car"
    noisy_empty = "noisy_empty"
    noisy_car = "noisy_car"
    turned = "turned"
    near = "near"


@dataclass(frozen=True, slots=True)
class Capture:
    """One captured distance: the median of its readings; four of five lie within `spread_mm`."""

    count: int
    middle_mm: float
    spread_mm: float

    @property
    def least_mm(self) -> float:
        """How far a threshold must lie from it."""
        return SPREADS * self.spread_mm


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a table of a sonar says of its distances, in whole mm."""

    nearest_mm: int
    enter_below_mm: int
    leave_above_mm: int
    farthest_mm: int


def captured(readings: Sequence[float]) -> Capture | None:
    """The median and spread of some readings; None without any."""
    usable = [float(one) for one in readings[-MOST_READINGS:] if isfinite(one) and one > 0]
    if not usable:
        return None
    middle = median(usable)
    away = sorted(abs(one - middle) for one in usable)
    return Capture(len(usable), middle, away[ceil(0.8 * len(away)) - 1])


def suggested(
    empty: Sequence[float], car: Sequence[float], usual_nearest_mm: float = NEAREST_MM
) -> Thresholds | Unfit:
    """Thresholds between a car and the empty bay, or why there are none."""
    free, taken = captured(empty), captured(car)
    if free is None or free.count < LEAST_READINGS:
        return Unfit.few_empty
    if taken is None or taken.count < LEAST_READINGS:
        return Unfit.few_car
    unfit = _unfit(free, taken)
    return _between(free, taken, usual_nearest_mm) if unfit is None else unfit


def _unfit(free: Capture, taken: Capture) -> Unfit | None:
    if free.spread_mm > NOISY_MM:
        return Unfit.noisy_empty
    if taken.spread_mm > NOISY_MM:
        return Unfit.noisy_car
    if taken.middle_mm >= free.middle_mm:
        return Unfit.turned
    room = free.middle_mm - taken.middle_mm - LEAST_GAP_MM
    # Two for the whole mm that the thresholds are rounded to.
    return Unfit.near if room < free.least_mm + taken.least_mm + 2 else None


def _between(free: Capture, taken: Capture, usual_nearest_mm: float) -> Thresholds:
    """A hand's width from either where there is room, else as much as there is for each."""
    room = free.middle_mm - taken.middle_mm - LEAST_GAP_MM
    least = free.least_mm + taken.least_mm
    wish = [max(HAND_MM - one.least_mm, 0.0) for one in (taken, free)]
    share = min(1.0, (room - least) / sum(wish)) if sum(wish) else 0.0
    enter = floor(taken.middle_mm + taken.least_mm + share * wish[0])
    leave = ceil(free.middle_mm - free.least_mm - share * wish[1])
    nearest = min(usual_nearest_mm, (taken.middle_mm - taken.spread_mm) / 2)
    beyond = free.middle_mm + max(BEYOND_MM, free.least_mm)
    return Thresholds(max(0, floor(nearest)), enter, leave, 100 * ceil(beyond / 100))
