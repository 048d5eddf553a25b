"""The fixed cast and a shop to try the rules on: given, when, then.

Anna advises, Carl dispatches, Tom and Tina repair, Lee leads the team, Ines inspects, Pia has
the parts, Willy washes, Mona manages. Times are fixed; nothing here reads a clock.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from board.core import commands as c
from board.core.bays import BayKind
from board.core.events import Event, Fact
from board.core.extra import AnswerMeans
from board.core.history import evolve
from board.core.holds import HoldReason
from board.core.job import Car, Customer, Job
from board.core.lines import LineState
from board.core.refusals import Refused
from board.core.roles import TIMEKEEPER, Actor, Role
from board.core.rules import decide
from board.core.shop import Settings, Shop

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def person(person_id: str, name: str, *roles: Role) -> Actor:
    """Somebody of the cast as an actor."""
    return Actor("person", person_id, name, frozenset(roles), "test")


ANNA = person("anna", "Anna", Role.advisor)
CARL = person("carl", "Carl", Role.controller)
TOM = person("tom", "Tom", Role.technician)
TINA = person("tina", "Tina", Role.technician)
LEE = person("lee", "Lee", Role.team_leader, Role.technician)
INES = person("ines", "Ines", Role.inspector)
PIA = person("pia", "Pia", Role.parts)
WILLY = person("willy", "Willy", Role.washer)
MONA = person("mona", "Mona", Role.manager)
CAST = (ANNA, CARL, TOM, TINA, LEE, INES, PIA, WILLY, MONA)
SENSOR = Actor("device", "sonar-1", "", frozenset({Role.device}), "mqtt")
CLOCK = TIMEKEEPER
LENA = Actor("customer", "lena", "Lena", frozenset({Role.customer}), "phone")
EVERY_ROLE = {
    Role.advisor: ANNA,
    Role.controller: CARL,
    Role.technician: TOM,
    Role.team_leader: person("leo", "Leo", Role.team_leader),
    Role.inspector: INES,
    Role.parts: PIA,
    Role.washer: WILLY,
    Role.cashier: person("cass", "Cass", Role.cashier),
    Role.warranty_clerk: person("wen", "Wen", Role.warranty_clerk),
    Role.manager: MONA,
    Role.customer: LENA,
    Role.device: SENSOR,
    Role.timekeeper: CLOCK,
}
PLATES = ("京AD12345", "沪B8K321", "粤BF09876", "浙A7Q5W2", "苏ED66021", "京N3V8K6")


def set_up() -> c.ImportShop:
    """The set-up of the test shop: five bays and the cast."""
    bays = [c.BayPlan(id=str(n), name=str(n)) for n in range(1, 5)]
    bays.append(c.BayPlan(id="wash", name="W1", kind=BayKind.wash))
    people = [
        c.PersonPlan(id=who.id, name=who.name, roles=tuple(sorted(who.roles))) for who in CAST
    ]
    settings = Settings(name="Test Motors", language="en")
    return c.ImportShop(settings=settings, bays=tuple(bays), people=tuple(people))


class Trial:
    """A shop under test: `when` decides and evolves, `then` looks."""

    def __init__(self, shop: Shop | None = None) -> None:
        self.now = NOW
        self.shop = shop or Shop(id="test")
        self.events: tuple[Event, ...] = ()
        self.refused: Refused | None = None
        self.facts: list[Fact] = []
        self.asked: list[tuple[c.Command, Actor, datetime]] = []
        self._commands = 0
        if shop is None:
            self.do(set_up(), MONA)

    def later(self, **span: float) -> "Trial":
        """Let time pass, e.g. `later(minutes=5)`."""
        self.now += timedelta(**span)
        return self

    def when(self, command: c.Command, by: Actor) -> "Trial":
        """Ask for `command`; keep the events or the refusal."""
        outcome = decide(self.shop, command, by, self.now)
        self.asked.append((command, by, self.now))
        self.refused = outcome if isinstance(outcome, Refused) else None
        self.events = () if isinstance(outcome, Refused) else outcome
        self._commands += 1
        for event in self.events:
            fact = Fact(self.shop.seq + 1, self.now, by.label, f"c{self._commands}", event)
            self.facts.append(fact)
            self.shop = evolve(self.shop, fact)
        return self

    def do(self, command: c.Command, by: Actor) -> "Trial":
        """Ask for a command that must be granted."""
        self.when(command, by)
        assert self.refused is None, (command, self.refused)
        return self

    def then_refused(self, code: str) -> "Trial":
        """The last command was refused with that code and nothing happened."""
        assert self.refused is not None, f"granted: {self.events}"
        assert self.refused.code == code, self.refused
        return self

    def then_nothing(self) -> "Trial":
        """The last command was granted and changed nothing."""
        assert self.refused is None, self.refused
        assert self.events == ()
        return self

    def job(self, job_id: str = "j1") -> Job:
        """The job as it is now."""
        return self.shop.jobs[job_id]

    def happened(self) -> Sequence[str]:
        """The names of the last command's events."""
        return [type(event).__name__ for event in self.events]


def answered(approved: bool = True, line: str = "2", job_id: str = "j1") -> c.DecideLine:
    """What the customer said at the desk about a line."""
    said = {"how": AnswerMeans.in_person, "said_by": "Lena Song"}
    return c.DecideLine(job=job_id, line=line, approved=approved, **said)  # type: ignore[arg-type]


def priced(trial: Trial, line: str = "2", job_id: str = "j1") -> Trial:
    """A proposed line with a price: 260 yuan of labour, 420 of parts."""
    return trial.do(c.PriceLine(job=job_id, line=line, price=260_00, parts_price=420_00), ANNA)


def agreed(trial: Trial, text: str = "Tyres", job_id: str = "j1", **more: object) -> Trial:
    """One more line that the customer wants: on a signed order priced first, and answered."""
    trial.do(c.AddLine(**{"job": job_id, "text": text, **more}), ANNA)  # type: ignore[arg-type]
    line = trial.job(job_id).lines[-1]
    if line.state == LineState.approved:
        return trial
    trial.do(
        c.PriceLine(job=job_id, line=line.id, price=line.price, parts_price=line.parts_price), ANNA
    )
    return trial.do(answered(line=line.id, job_id=job_id), ANNA)


def receive(job_id: str = "j1", plate: str = PLATES[0], **more: object) -> c.ReceiveJob:
    """The command that opens a job for a car that is here."""
    command = c.ReceiveJob(
        job=job_id,
        car=Car(plate=plate, model="E3", colour="white"),
        customer=Customer(name="Lena Song", phone="13800134827"),
        asked="40,000 km service",
    )
    return replace(command, **more)  # type: ignore[arg-type]


def received(trial: Trial, job_id: str = "j1", plate: str = PLATES[0]) -> Trial:
    """A car in reception."""
    return trial.do(receive(job_id, plate), ANNA)


def signed(trial: Trial, job_id: str = "j1", plate: str = PLATES[0]) -> Trial:
    """An order that waits for dispatch."""
    return received(trial, job_id, plate).do(c.MoveJob(job=job_id, to="awaiting_dispatch"), ANNA)


def dispatched(
    trial: Trial, job_id: str = "j1", plate: str = PLATES[0], bay: str = "1", to: Actor = TOM
) -> Trial:
    """A job with a bay and a technician."""
    command = c.DispatchJob(job=job_id, bay=bay, technicians=(to.id,))
    return signed(trial, job_id, plate).do(command, CARL)


def working(
    trial: Trial, job_id: str = "j1", plate: str = PLATES[0], bay: str = "1", to: Actor = TOM
) -> Trial:
    """A job on which somebody is clocked."""
    return dispatched(trial, job_id, plate, bay, to).do(c.StartLine(job=job_id), to)


def booked(trial: Trial, job_id: str = "j1", plate: str = PLATES[0], hours: float = 1) -> Trial:
    """A car that is expected in so many hours."""
    car, expected = Car(plate=plate), trial.now + timedelta(hours=hours)
    return trial.do(c.BookJob(job=job_id, car=car, booked_for=expected), ANNA)


def ready(trial: Trial, job_id: str = "j1", plate: str = PLATES[0]) -> Trial:
    """A job that came through work, checks, wash and settlement."""
    working(trial, job_id, plate)
    for _state, command, actor in _AFTER_WORK[:7]:
        trial.later(minutes=5).do(replace(command, job=job_id), actor)  # type: ignore[call-arg]
    return trial


_AFTER_WORK: tuple[tuple[str, c.Command, Actor], ...] = (
    ("self_check", c.FinishLine(job="j1"), TOM),
    ("team_check", c.PassCheck(job="j1"), TOM),
    ("final_check", c.PassCheck(job="j1"), LEE),
    ("awaiting_wash", c.PassCheck(job="j1"), INES),
    ("washing", c.MoveJob(job="j1", to="washing"), WILLY),
    ("awaiting_settlement", c.MoveJob(job="j1", to="awaiting_settlement"), WILLY),
    ("ready", c.MoveJob(job="j1", to="ready"), ANNA),
    ("delivered", c.MoveJob(job="j1", to="delivered"), ANNA),
)
_BESIDE: dict[str, tuple[str, c.Command, Actor]] = {
    "preparing": ("booked", c.MoveJob(job="j1", to="preparing"), PIA),
    "no_show": ("booked", c.MarkNoShow(job="j1"), CLOCK),
    "held": ("working", c.HoldJob(job="j1", hold=HoldReason.approval), TOM),
    "rework": ("self_check", c.FailCheck(job="j1", defect="torque"), TOM),
    "road_test": ("final_check", c.StartRoadTest(job="j1", km=100), INES),
    "unclaimed": ("ready", c.MarkUnclaimed(job="j1"), CLOCK),
    "cancelled": ("receiving", c.CancelJob(job="j1", reason="changed their mind"), ANNA),
}


def brought_to(state: str, trial: Trial | None = None) -> Trial:
    """The job j1 on its usual way to `state`."""
    trial = trial or Trial()
    if state in _BESIDE:
        before, command, actor = _BESIDE[state]
        return brought_to(before, trial).later(hours=5).do(command, actor)
    first = {
        "booked": booked,
        "receiving": received,
        "awaiting_dispatch": signed,
        "dispatched": dispatched,
        "working": working,
    }
    if state == "arrived":
        return trial.do(receive(checked_in=False), ANNA)
    if state in first:
        return first[state](trial)
    working(trial)
    for after, command, actor in _AFTER_WORK:
        trial.do(command, actor)
        if after == state:
            break
    return trial
