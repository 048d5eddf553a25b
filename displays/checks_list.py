"""What waits for a check, as a page: the asker's own first, and within that the oldest."""

from dataclasses import dataclass

from board.core import commands as c
from board.core.check_points import Verdict
from board.core.job import Flag, Job
from board.core.promises import tone
from board.core.refusals import Refused
from board.core.rules import decide
from board.core.workflow import Lane
from displays.defect_words import defect_word
from displays.dialog_asks import Ask, JobHead, Sheet, head_of
from displays.order_checks import asked_points, level_of
from displays.views.moments import Moment, moment

_SHOWN = frozenset({Flag.waiting, Flag.express, Flag.comeback, Flag.vip, Flag.new_energy})


@dataclass(frozen=True, slots=True)
class Waiting:
    """A car that waits for a check. `since`: epoch seconds; `back`: how often it came back.

    `says`: the car and who worked on it.
    """

    head: JobHead
    says: tuple[str, ...]
    level: str
    since: int
    answered: int
    points: int
    back: int
    promise: Moment | None
    tone: str
    flags: tuple[str, ...]


def checks_page(ask: Ask) -> Sheet:
    """The cars that wait for a check: those the asker may check, and the others."""
    lane_of = ask.shop.workflow.lane_of
    there = [job for job in ask.shop.jobs.values() if lane_of(job.state) == Lane.check]
    # In a state of the shop's own nothing is checked.
    jobs = [job for job in there if level_of(ask, job) is not None]
    jobs.sort(key=lambda job: (job.state_since, job.id))
    mine = [job for job in jobs if _may_check(ask, job)]
    context = {
        "mine": tuple(_waiting(ask, job) for job in mine),
        "others": tuple(_waiting(ask, job) for job in jobs if job not in mine),
    }
    return Sheet("checks/list.html", context)


def _may_check(ask: Ask, job: Job) -> bool:
    points = asked_points(ask, job)
    defect = next(iter(defect_word(ask.shop)), "")
    failing = c.FailCheck(job=job.id, defect=defect)
    first = points[0].id if points else ""
    marking = c.MarkPoint(job=job.id, point=first, verdict=Verdict.not_ok, defect=defect)
    command = marking if points else failing
    return not isinstance(decide(ask.shop, command, ask.actor, ask.now), Refused)


def _waiting(ask: Ask, job: Job) -> Waiting:
    level = level_of(ask, job)
    settings = ask.shop.settings
    car = f"{job.car.colour} {job.car.model}".strip()
    people = [ask.shop.name_of(who) for who in job.technicians]
    return Waiting(
        head=head_of(ask.shop, job),
        says=tuple(text for text in (car, *people) if text),
        level=level.value if level else "",
        since=int(job.state_since.timestamp()),
        answered=len(job.marks),
        points=len(asked_points(ask, job)),
        back=job.times_back,
        promise=moment(job.promise.at, ask.now, settings) if job.promise else None,
        tone=tone(job, ask.now).value,
        flags=tuple(sorted(flag.value for flag in job.flags & _SHOWN)),
    )
