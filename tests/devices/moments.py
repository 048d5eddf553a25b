"""Moments and small bays for the tests of readings and bays; seconds count from NOON."""

from datetime import UTC, datetime, timedelta

from devices.bindings import Bindings, Sensor
from devices.memory import BayReport, Memory
from devices.readings import Alive, Availability, Capability, State
from devices.truth import Step, Tick, fold

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EYE = Sensor("native:eye", "occupancy", "bay-1", enter_seconds=5, leave_seconds=20)
SONAR = Sensor("native:sonar", "distance", "bay-1", enter_seconds=5, leave_seconds=20)


def at(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def sees(
    value: bool | None,
    seconds: float,
    sensor: Sensor = EYE,
    *,
    retained: bool = False,
    device_time: datetime | None = None,
    number: int | None = None,
    bridge: str = "",
) -> State:
    """A reading of an occupancy sensor."""
    return State(
        sensor.device,
        sensor.channel,
        Capability.occupancy,
        value,
        at(seconds),
        retained,
        device_time,
        number,
        bridge,
    )


def measures(millimetres: float | None, seconds: float, *, retained: bool = False) -> State:
    """A reading of the sonar."""
    return State(
        SONAR.device, SONAR.channel, Capability.distance, millimetres, at(seconds), retained
    )


def says(
    alive: Alive,
    seconds: float,
    device: str = EYE.device,
    *,
    retained: bool = False,
    boot: str = "",
    bridge: str = "",
) -> Availability:
    """A device's word about itself."""
    return Availability(device, alive, at(seconds), retained, boot, bridge)


class Day:
    """A fold that goes on: each step's reports are returned and all are kept."""

    def __init__(self, *sensors: Sensor, known: tuple[BayReport, ...] = ()) -> None:
        self.bindings = Bindings(sensors or (EYE,))
        self.memory = Memory(NOON, {report.bay: report for report in known})
        self.told: list[BayReport] = []

    def step(self, *steps: Step) -> list[BayReport]:
        """Fold in some steps; gives the reports they made."""
        made: list[BayReport] = []
        for one in steps:
            self.memory, reports = fold(self.memory, self.bindings, one)
            made.extend(reports)
        self.told.extend(made)
        return made

    def wait(self, seconds: float) -> list[BayReport]:
        """Let time come to so many seconds after noon."""
        return self.step(Tick(at(seconds)))

    @property
    def levels(self) -> list[bool | None]:
        """What was told so far, one after the other."""
        return [report.present for report in self.told]
