"""What events mean for the checks of a job: marks, rounds, road tests, comebacks."""

from collections.abc import Iterable
from dataclasses import replace

from board.core import events as e
from board.core import history_of_lines as on_lines
from board.core.check_points import Answered, Check, Mark, RoadTest, marked
from board.core.events import Fact
from board.core.job import Job


def _marks(answers: Iterable[Answered], fact: Fact) -> tuple[Mark, ...]:
    return tuple(Mark(answered, fact.by, fact.at) for answered in answers)


def point_marked(event: e.PointMarked, job: Job, fact: Fact) -> Job:
    """One more point is answered."""
    return replace(job, marks=marked(job.marks, _marks((event.answered,), fact)))


def check_passed(event: e.CheckPassed, job: Job, fact: Fact) -> Job:
    """A round is over; the next check begins without marks."""
    points = marked(job.marks, _marks(event.points, fact))
    check = Check(
        event.level,
        True,
        fact.by,
        fact.at,
        note=event.note,
        points=points,
        reason=event.reason,
    )
    checked = replace(job, checks=(*job.checks, check), marks=())
    return on_lines.checked(checked, event.level)


def check_failed(event: e.CheckFailed, job: Job, fact: Fact) -> Job:
    """A round is over, and kept with what was found."""
    points = marked(job.marks, _marks(event.points, fact))
    check = Check(
        event.level, False, fact.by, fact.at, event.defect, event.note, points, event.lines
    )
    return replace(job, checks=(*job.checks, check), marks=())


def road_test_started(event: e.RoadTestStarted, job: Job, fact: Fact) -> Job:
    """The car is out."""
    test = RoadTest(fact.by, fact.at, event.km, driver=event.driver)
    return replace(job, road_tests=(*job.road_tests, test))


def road_test_ended(event: e.RoadTestEnded, job: Job, fact: Fact) -> Job:
    """The car is back."""
    if not job.road_tests:
        return job
    last = job.road_tests[-1]
    back = replace(last, in_at=fact.at, in_km=event.km, findings=event.findings)
    return replace(job, road_tests=(*job.road_tests[:-1], back))


def comeback_linked(event: e.ComebackLinked, job: Job, fact: Fact) -> Job:
    """The job comes back to an earlier order, or does not after all."""
    return replace(job, comeback=event.comeback)
