"""What is known of the batteries of devices; a level that is not told is unknown, never 0."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from devices.profiles.profile import Cell
from devices.readings import Capability, State

MOST_DEVICES = 1000
MOST_LOWS = 20
TOLD = frozenset({Capability.battery, Capability.battery_low, Capability.battery_mv})


@dataclass(frozen=True, slots=True)
class Battery:
    """Percent and mV as last told, None = unknown; `flag`: the device's own word that it is low,
    or that one of several is: their channels are `lows`; `low`: whether it must be changed soon,
    None while nothing is known of that.
    """

    told_at: datetime
    percent: float | None = None
    millivolts: float | None = None
    flag: bool | None = None
    low: bool | None = None
    lows: frozenset[str] = frozenset()


def weighed(before: Battery | None, cell: Cell, seen: State) -> Battery:
    """The battery after one of its levels. Between low and fine it stays what it was."""
    told = replace(before or Battery(seen.received_at), told_at=seen.received_at)
    value = seen.value
    if seen.capability is Capability.battery_low:
        lows = told.lows - {seen.channel}
        if value is True and len(lows) < MOST_LOWS:
            lows |= {seen.channel}
        one = value if isinstance(value, bool) else None
        told = replace(told, flag=True if lows else one, lows=lows)
    else:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        level = float(value) if is_number and value is not None else None
        if seen.capability is Capability.battery_mv:
            told = replace(told, millivolts=level)
        else:
            told = replace(told, percent=level)
    return replace(told, low=_is_low(told, cell))


def _is_low(told: Battery, cell: Cell) -> bool | None:
    least, left, volts = cell.low_below_mv, told.percent, told.millivolts
    if told.flag or (left is not None and left < cell.low_below_percent):
        return True
    if least is not None and volts is not None and volts < least:
        return True
    if left is None:
        return told.low if told.flag is None and (least is None or volts is None) else False
    return False if left > cell.fine_above_percent else told.low


class Batteries:
    """The batteries of the devices of late; when full the longest untold gives way."""

    def __init__(self) -> None:
        """Empty."""
        self._known: OrderedDict[str, Battery] = OrderedDict()

    def note(self, seen: State, cell: Cell) -> Battery | None:
        """Remember a level of a battery; other levels mean nothing here."""
        if seen.capability not in TOLD:
            return None
        battery = weighed(self._known.pop(seen.device, None), cell, seen)
        self._known[seen.device] = battery
        if len(self._known) > MOST_DEVICES:
            self._known.popitem(last=False)
        return battery

    @property
    def known(self) -> Mapping[str, Battery]:
        """Each battery by its device."""
        return dict(self._known)
