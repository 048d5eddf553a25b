"""A small shop floor for the tablet's tests, driven by the real rules and history."""

from datetime import UTC, datetime, timedelta

from board.core import commands as c
from board.core.events import Fact
from board.core.history import evolve
from board.core.job import Car, Flag, Where
from board.core.refusals import Refused
from board.core.roles import Actor, Role
from board.core.rules import decide
from board.core.shop import Settings, Shop

START = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
"""13:00 in the shop."""

PEOPLE = {
    "li": ("李娜", (Role.advisor,)),
    "chen": ("陈波", (Role.controller, Role.manager)),
    "wang": ("王强", (Role.technician,)),
    "zhao": ("赵磊", (Role.technician,)),
    "zhou": ("周立", (Role.team_leader, Role.technician)),
    "zheng": ("郑伟", (Role.inspector,)),
    "ma": ("马明", (Role.washer,)),
}


class Floor:
    """A shop, its clock, and people who do things in it."""

    def __init__(self) -> None:
        self.shop = Shop("test")
        self.now = START
        self._commands = 0
        owner = Actor("person", "owner", "owner", frozenset(Role))
        self.grant(c.SetUpShop(settings=Settings(name="Baylight Motors")), owner)
        for number in ("3", "4"):
            self.grant(c.SetUpBay(bay=c.BayPlan(id=f"b{number}", name=f"{number} 号工位")), owner)
        for key, (name, roles) in PEOPLE.items():
            plan = c.PersonPlan(id=key, name=name, roles=roles, bays=("b3",))
            self.grant(c.SetUpPerson(person=plan), owner)

    def actor(self, person: str) -> Actor:
        """The person as an actor."""
        known = self.shop.people[person]
        return Actor("person", person, known.name, known.roles, "tablet")

    def do(self, person: str, command: c.Command) -> Refused | None:
        """Let a person ask for something; what they are told when it is refused."""
        return self._ask(command, self.actor(person))

    def grant(self, command: c.Command, actor: Actor | str) -> None:
        """Ask for something that must be granted."""
        refused = self._ask(command, self.actor(actor) if isinstance(actor, str) else actor)
        assert refused is None, f"{command} was refused: {refused}"

    def wait(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def receive(self, job: str, plate: str, *lines: tuple[str, float], asked: str = "") -> None:
        """A signed order with its lines, ready for dispatch."""
        car = Car(plate, model="E3 纯电", colour="蓝色")
        promise = self.now + timedelta(hours=2, minutes=30)
        opened = c.ReceiveJob(
            job=job,
            car=car,
            asked=asked,
            keys="22",
            promise=promise,
            flags=frozenset({Flag.waiting}),
        )
        self.grant(opened, "li")
        for text, hours in lines:
            self.grant(c.AddLine(job=job, text=text, standard_hours=hours), "li")
        self.grant(c.MoveJob(job=job, to="awaiting_dispatch"), "li")

    def dispatch(self, job: str, bay: str, *technicians: str, minutes: int = 0) -> None:
        """Give the job to technicians in a bay."""
        start = self.now + timedelta(minutes=minutes)
        self.grant(c.DispatchJob(job=job, bay=bay, technicians=technicians, start_at=start), "chen")

    def drive_in(self, job: str, bay: str) -> None:
        """The car stands in the bay."""
        self.grant(c.PlaceCar(job=job, where=Where.bay, spot=bay), "chen")

    def start(self, person: str, job: str, line: str = "") -> None:
        """Somebody starts on a line."""
        self.grant(c.StartLine(job=job, line=line), person)

    def finish_all(self, person: str, job: str) -> None:
        """Somebody works through every line of a job."""
        while self.shop.jobs[job].open_lines:
            if person not in self.shop.running:
                self.start(person, job)
            self.grant(c.FinishLine(job=job), person)

    def to_the_wash(self, job: str, plate: str) -> None:
        """A car whose work is done and passed."""
        self.receive(job, plate, ("机油机滤", 0.5))
        self.dispatch(job, "b4", "zhao")
        self.finish_all("zhao", job)
        for checker in ("zhao", "zhou", "zheng"):
            self.grant(c.PassCheck(job=job), checker)

    def _ask(self, command: c.Command, actor: Actor) -> Refused | None:
        outcome = decide(self.shop, command, actor, self.now)
        if isinstance(outcome, Refused):
            return outcome
        self._commands += 1
        for event in outcome:
            fact = Fact(self.shop.seq + 1, self.now, actor.label, f"c{self._commands}", event)
            self.shop = evolve(self.shop, fact)
        return None


def busy() -> Floor:
    """王强 works on the second of three lines; a second car waits for him."""
    floor = Floor()
    lines = (("机油机滤", 0.5), ("前刹车片", 0.8), ("路试", 0.3))
    floor.receive("job-a", "京A·D12345", *lines, asked="保养 + 前刹车片")
    floor.receive("job-b", "京E·P5021", ("更换蓄电池", 0.5), asked="更换蓄电池")
    floor.dispatch("job-a", "b3", "wang")
    floor.dispatch("job-b", "b3", "wang", minutes=110)
    floor.drive_in("job-a", "b3")
    floor.start("wang", "job-a")
    floor.wait(minutes=57)
    floor.grant(c.FinishLine(job="job-a"), "wang")
    floor.start("wang", "job-a")
    floor.wait(seconds=24)
    return floor
