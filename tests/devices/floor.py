"""A desk for tests that decides by the real rules: a shop whose floor its devices watch."""

from dataclasses import dataclass, field, replace

from board.core import commands as c
from board.core.job import Job
from board.core.sensor_rules import SensorRules
from devices.asking import Asker, Asks, actor_of
from devices.badges import Reader
from devices.bindings import Bindings, Sensor
from devices.gates import Gate, Gates
from tests.builders import MONA, PLATES, Trial, booked, working
from tests.core.test_wash_queue import to_wash
from tests.devices.moments import NOON

ALL_ON = SensorRules(arrive_by_plate=True, wash_by_sensor=True)
BINDINGS = Bindings(
    sensors=(
        Sensor("native:eye", "occupancy", "1", enter_seconds=0, leave_seconds=0),
        Sensor("native:wash", "occupancy", "wash", enter_seconds=0, leave_seconds=0),
    ),
    readers=(Reader("native:reader", "1"),),
    gates=Gates(
        (
            Gate("north", camera="native:cam", device="native:door", channel="contact"),
            Gate("south", camera="alpr:south"),
            Gate("south", camera="alpr:south-2"),
        )
    ),
)


def shop(rules: SensorRules | None) -> Trial:
    """j1 is repaired in bay 1, j2 waits for the wash, j3 and j4 are awaited now."""
    trial = to_wash(working(Trial()), "j2", 1)
    settings = replace(trial.shop.settings, sensing=rules)
    trial.do(c.SetUpShop(settings=settings), MONA)
    trial.now = NOON
    return booked(booked(trial, "j3", PLATES[2], hours=0.1), "j4", PLATES[3], hours=0.2)


@dataclass
class Floor:
    """Takes what devices ask as the real desk does; each command id once."""

    trial: Trial
    known: set[str] = field(default_factory=set)
    asked: list[Asks] = field(default_factory=list)

    async def handle(self, command: Asks, command_id: str, asker: Asker) -> object:
        """The rules' answer."""
        self.asked.append(command)
        if command_id not in self.known:
            self.known.add(command_id)
            self.trial.when(command, actor_of(asker, self.trial.shop.people))
        return self.trial.refused or "receipt"

    @property
    def stands(self) -> dict[str, tuple[object, ...]]:
        """What a move would change of each job."""
        return {key: _stand(job) for key, job in self.trial.shop.jobs.items()}


def _stand(job: Job) -> tuple[object, ...]:
    return job.state, job.place, job.bay, job.technicians, job.ticket, job.lines
