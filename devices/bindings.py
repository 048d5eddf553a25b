"""What hangs where in a shop: sensors, buttons, readers, gates and lamps. Values only."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from types import MappingProxyType

from devices.badges import Reader
from devices.buttons import Button
from devices.gates import NO_GATES, Gates
from devices.identity import gateway_of
from devices.lamps import Lamp
from devices.placed import Key, under
from devices.profiles.profile import Means, Profile, Sense

MEANS_A_CAR = ("occupancy", "presence", "distance", "contact", "input")
LEAST_GAP_MM = 150


@dataclass(frozen=True, slots=True)
class Sensor:
    """One channel that tells whether a car stands in a bay.

    A level must last `enter_seconds` (car comes) or `leave_seconds` (car goes) to count.
    Distances: a car is nearer than `enter_below_mm`, gone beyond `leave_above_mm`; readings
    not between `nearest_mm` and `farthest_mm` are none. Without a reading for 2.5 times
    `expected_interval_seconds` the channel is unknown. Higher `priority` decides a conflict.
    `profile` is what the shop says the device is; `left_out` what its file does not say. In
    `shadow` it is heard, and the board is told nothing of it.
    """

    device: str
    channel: str
    bay: str
    invert: bool = False
    enter_seconds: float = 5
    leave_seconds: float = 20
    enter_below_mm: float = 1200
    leave_above_mm: float = 1500
    nearest_mm: float = 20
    farthest_mm: float = 4000
    expected_interval_seconds: float = 120
    priority: int = 0
    profile: str = ""
    shadow: bool = False
    left_out: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, str]:
        """Device and channel: the place in the memory of levels."""
        return (self.device, self.channel)

    @property
    def stale_seconds(self) -> float:
        """How long a reading is believed."""
        return 2.5 * self.expected_interval_seconds


@dataclass(frozen=True)
class Bindings:
    """All that hangs somewhere in a shop; `holders`: people by marks of badges."""

    sensors: tuple[Sensor, ...] = ()
    buttons: tuple[Button, ...] = ()
    readers: tuple[Reader, ...] = ()
    holders: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    gates: Gates = NO_GATES
    lamps: tuple[Lamp, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[Key, Sensor]:
        """Sensors by device and channel."""
        return {sensor.key: sensor for sensor in self.sensors}

    @cached_property
    def button_at(self) -> Mapping[Key, Button]:
        """Buttons by device and channel."""
        return {button.key: button for button in self.buttons}

    @cached_property
    def reader_at(self) -> Mapping[Key, Reader]:
        """Badge readers by device and channel."""
        return {reader.key: reader for reader in self.readers}

    @cached_property
    def by_bay(self) -> Mapping[str, tuple[Sensor, ...]]:
        """Sensors of each bay that count for the board, the deciding ones first."""
        return _by_bay(one for one in self.sensors if not one.shadow)

    @cached_property
    def bays_of(self) -> Mapping[str, tuple[str, ...]]:
        """The bays at which the sensors of each device hang."""
        return {
            device: tuple(dict.fromkeys(one.bay for one in self.sensors if one.device == device))
            for device in {one.device for one in self.sensors}
        }

    @cached_property
    def by_shadowed_bay(self) -> Mapping[str, tuple[Sensor, ...]]:
        """All sensors of each bay where some are in shadow, the deciding ones first."""
        bays = {one.bay for one in self.sensors if one.shadow}
        return _by_bay(one for one in self.sensors if one.bay in bays)

    def moved(self, ids: Mapping[str, str]) -> "Bindings":
        """The same with stable ids in place of the names among them."""
        if self.devices.isdisjoint(ids):
            return self
        return replace(
            self,
            sensors=tuple(replace(one, device=under(ids, one.device)) for one in self.sensors),
            buttons=tuple(replace(one, device=under(ids, one.device)) for one in self.buttons),
            readers=tuple(replace(one, device=under(ids, one.device)) for one in self.readers),
            gates=self.gates.moved(ids),
            lamps=tuple(replace(one, device=under(ids, one.device)) for one in self.lamps),
        )

    @cached_property
    def devices(self) -> frozenset[str]:
        """Every bound device."""
        told = {one.device for one in self.buttons} | {one.device for one in self.readers}
        lamps = {one.device for one in self.lamps}
        return frozenset({one.device for one in self.sensors} | told | lamps) | self.gates.devices

    @cached_property
    def gateways(self) -> frozenset[str]:
        """The devices through which bound ones speak, where their ids tell."""
        return frozenset(map(gateway_of, self.devices)) - {""}


def _by_bay(given: Iterable[Sensor]) -> Mapping[str, tuple[Sensor, ...]]:
    sensors = tuple(given)
    ordered = sorted(sensors, key=lambda sensor: -sensor.priority)
    bays = dict.fromkeys(sensor.bay for sensor in sensors)
    return {bay: tuple(one for one in ordered if one.bay == bay) for bay in bays}


SETTINGS = frozenset(one.name for one in fields(Sense))
"""What a profile may say of a sensor."""
DISTANCES = frozenset({"nearest_mm", "enter_below_mm", "leave_above_mm", "farthest_mm"})
"""They fit each other: who says one of them says them all."""


def fitted(sensor: Sensor, profile: Profile, settings: Collection[str]) -> Sensor:
    """The sensor with those of `settings` that its file leaves out as the profile has them.

    What the profile says of another thing than a car turns no level of a bay round.
    """
    found = profile.channel(sensor.channel)
    if found is None:
        return sensor
    free = sensor.left_out if sensor.left_out >= DISTANCES else sensor.left_out - DISTANCES
    if found.means is not Means.car:
        free -= {"invert"}
    said = {key: one for key, one in found.sense.said.items() if key in free and key in settings}
    return replace(sensor, **said)  # type: ignore[arg-type]  # names and kinds are those of Sense
