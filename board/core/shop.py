"""The shop as it is now: settings, people, bays and live jobs, with three small indexes.

Frozen: a change makes a new Shop; what did not change stays the same object.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from board.core.bays import Bay
from board.core.calls import Call, CallRules
from board.core.catalogue import CatalogueItem
from board.core.check_templates import CheckBook
from board.core.day_book import NO_DAY, Absence, DayBook
from board.core.handover import NOTHING_WANTED, HandoverPlan
from board.core.holds import HoldRules
from board.core.indirect import Indirect
from board.core.job import Job
from board.core.roles import Role
from board.core.sensor_rules import SensorRules
from board.core.shop_indexes import allocated_after, placed_after
from board.core.workflow import Workflow
from board.core.workflow_shipped import SHIPPED


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """From and to on the shop's clock."""

    opens: time = time(8, 30)
    closes: time = time(17, 30)


_SHIPPED_HOLDS = HoldRules()
_SHIPPED_CALLS = CallRules()
_SHIPPED_SENSING = SensorRules()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a shop sets up once. `day_start`: when its business day begins.

    Seconds: grace after a booked time before no-show; how long a ready car waits until it is
    unclaimed, a sensor disagrees before asking, a wash takes, a clock runs on after closing before
    it counts as forgotten. `retention`: after how many years a closed order of a kind may be
    erased; none or 0: for ever. `holds`: who owns which hold, and when it escalates.
    `indirect_codes`: of indirect time, by name. `handover`: what is wanted before delivery;
    `calls`: how long help calls may stay unanswered; `sensing`: what devices may do. `phone`: what
    customers call; `wifi`: the network their lounge names. None, in a command, keeps what was.
    """

    name: str = ""
    language: str = "zh-Hans"
    time_zone: str = "Asia/Shanghai"
    day_start: time = time(4, 0)
    hours: OpeningHours = OpeningHours()
    advisors_dispatch: bool = True
    no_show_seconds: int = 1800
    unclaimed_seconds: int = 14400
    question_seconds: int = 120
    retention: Mapping[str, int] | None = None
    holds: HoldRules | None = None
    indirect_codes: Mapping[str, str] | None = None

    @property
    def hold_rules(self) -> HoldRules:
        """What holds in this shop: its own rules, else those that ship."""
        return self.holds or _SHIPPED_HOLDS

    wash_seconds: int = 900
    handover: HandoverPlan | None = None
    calls: CallRules | None = None
    overtime_seconds: int = 7200
    phone: str = ""
    wifi: str = ""
    sensing: SensorRules | None = None

    @property
    def wanted(self) -> HandoverPlan:
        """What is wanted before delivery; nothing where the shop never said."""
        return self.handover or NOTHING_WANTED

    @property
    def call_rules(self) -> CallRules:
        """How long calls may wait in this shop: its own rules, else those that ship."""
        return self.calls or _SHIPPED_CALLS

    @property
    def sensor_rules(self) -> SensorRules:
        """What devices may do here by themselves: nothing, where the shop never said."""
        return self.sensing or _SHIPPED_SENSING


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here. `bays`: a technician's home bays; `skills`: free words."""

    id: str
    name: str
    roles: frozenset[Role]
    bays: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    language: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """The line a technician is clocked on."""

    job: str
    line: str


@dataclass(frozen=True, slots=True)
class Merger:
    """Two files of a car that were made one a moment ago, so that it can be taken back."""

    job: str
    kept: str
    merged: str
    moved: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LastDeed:
    """The newest thing somebody did, for the board's live line."""

    kind: str
    by: str
    at: datetime
    job: str
    command_id: str = ""


@dataclass(frozen=True, slots=True)
class Shop:
    """Everything the rules need. `placed`, `running`, `allocated` are indexes over `jobs`.

    `peak_since`: reception works in peak mode since then; None when it does not.
    `catalogue`: by code. `indirect`: clocks off the cars by technician. `calls`: help calls that
    are open, by id; `past_calls`: those that are over, for a while. `gates`: when something last
    went through each.
    """

    id: str
    seq: int = 0
    settings: Settings = Settings()
    workflow: Workflow = SHIPPED
    bays: Mapping[str, Bay] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    jobs: Mapping[str, Job] = field(default_factory=dict)
    counters: Mapping[str, int] = field(default_factory=dict)
    last_deed: LastDeed | None = None
    peak_since: datetime | None = None
    day: DayBook = NO_DAY
    absences: tuple[Absence, ...] = ()
    check_book: CheckBook = field(default_factory=CheckBook)
    mergers: tuple[Merger, ...] = ()
    placed: Mapping[str, str] = field(default_factory=dict)
    running: Mapping[str, Running] = field(default_factory=dict)
    allocated: Mapping[str, frozenset[str]] = field(default_factory=dict)
    catalogue: Mapping[str, CatalogueItem] = field(default_factory=dict)
    indirect: Indirect = field(default_factory=dict)
    calls: Mapping[str, Call] = field(default_factory=dict)
    past_calls: tuple[Call, ...] = ()
    gates: Mapping[str, datetime] = field(default_factory=dict)

    def with_job(self, job: Job) -> "Shop":
        """The shop with `job` in place of the job of that id; indexes follow."""
        old = self.jobs.get(job.id)
        # A copy as it is, then one change: for thousands of jobs much faster than building anew.
        jobs = dict(self.jobs)
        jobs[job.id] = job
        return replace(
            self,
            jobs=jobs,
            placed=placed_after(self.placed, old, job),
            running=_running(self.running, old, job),
            allocated=allocated_after(self.allocated, old, job),
        )

    def without_job(self, job_id: str) -> "Shop":
        """The shop after a closed job has left live state."""
        return replace(self, jobs={key: job for key, job in self.jobs.items() if key != job_id})

    def with_bay(self, bay: Bay) -> "Shop":
        """The shop with `bay` in place of the bay of that id."""
        return replace(self, bays={**self.bays, bay.id: bay})

    def with_person(self, person: Person) -> "Shop":
        """The shop with `person` in place of the person of that id."""
        return replace(self, people={**self.people, person.id: person})

    def name_of(self, person_id: str) -> str:
        """A person's name, or the id when the person is unknown."""
        person = self.people.get(person_id)
        return person.name if person else person_id

    def car_in(self, bay_id: str) -> Job | None:
        """The job whose car stands in the bay."""
        return self.jobs.get(self.placed.get(bay_id, ""))

    def jobs_for(self, bay_id: str) -> tuple[Job, ...]:
        """Open jobs allocated to the bay, by planned start."""
        jobs = [self.jobs[key] for key in self.allocated.get(bay_id, frozenset())]
        return tuple(sorted(jobs, key=lambda job: (job.start_at or job.opened_at, job.id)))


def _clocked(job: Job | None) -> dict[str, Running]:
    if job is None:
        return {}
    return {
        clock.technician: Running(job.id, line.id)
        for line in job.lines
        for clock in line.running_clocks
    }


def _running(index: Mapping[str, Running], old: Job | None, new: Job) -> Mapping[str, Running]:
    before, after = _clocked(old), _clocked(new)
    if before == after:
        return index
    kept = {who: what for who, what in index.items() if what.job != new.id}
    return {**kept, **after}


def indexed(shop: Shop) -> Shop:
    """The shop with its indexes built anew from its jobs (after a snapshot was read)."""
    bare = replace(shop, jobs={}, placed={}, running={}, allocated={})
    for job in shop.jobs.values():
        bare = bare.with_job(job)
    return replace(bare, seq=shop.seq)
