"""The bindings as they hold now: under known ids, with what the devices' profiles say. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from msgspec import structs

from devices.bindings import Bindings, Sensor
from devices.identity import Names, ids_by_name
from devices.memory import Memory, moved
from devices.profiles.known import Known, timed
from devices.profiles.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Bound:
    """What the shop's file gives, and what becomes of it by what devices have told."""

    given: Bindings
    now: Bindings

    def after(self, names: Names, known: Known, shelf: Shelf) -> "Bound":
        """The same file after devices have told more of themselves."""
        now = timed(self.given.moved(ids_by_name(names)), known, shelf)
        return self if now == self.now else replace(self, now=now)


def rebound(memory: Memory, before: Bindings, now: Bindings, names: Names) -> Memory:
    """The memory under the ids of now, without levels that are read otherwise than before."""
    ids = ids_by_name(names)
    kept = moved(memory, ids)
    senses: Mapping[tuple[str, str], tuple[object, ...]] = {
        one.key: _sense(one) for one in before.moved(ids).sensors
    }
    turned = {
        one.key for one in now.sensors if senses.get(one.key, _sense(one)) != _sense(one)
    } & kept.channels.keys()
    if not turned:
        return kept
    left = {key: channel for key, channel in kept.channels.items() if key not in turned}
    return structs.replace(kept, channels=left)


def _sense(sensor: Sensor) -> tuple[object, ...]:
    near, far = sensor.nearest_mm, sensor.farthest_mm
    return (sensor.invert, near, sensor.enter_below_mm, sensor.leave_above_mm, far)
