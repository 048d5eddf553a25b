"""Orders of any age, folded from their facts as the shop folds those that are live.

A state that the shop's workflow has no more counts as work: nothing here moves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime

from board.core.check_points import Check
from board.core.events import Fact, JobForgotten
from board.core.extra_work import declined_lines
from board.core.history import replay
from board.core.job import Job
from board.core.lines import Line
from board.core.shop import Shop
from board.core.workflow import Lane, Step, Workflow
from board.core.workflow_shipped import SHIPPED


def folded(shop: Shop, job_id: str, facts: Sequence[Fact]) -> Job | None:
    """The order as its facts leave it; None when they do not begin with its opening."""
    bare = Shop(id=shop.id, settings=shop.settings, workflow=_wide(shop.workflow, facts))
    # That it left live state is no part of what was done.
    done = [fact for fact in facts if not isinstance(fact.event, JobForgotten)]
    return replay(bare, done).jobs.get(job_id)


def _wide(flow: Workflow, facts: Iterable[Fact]) -> Workflow:
    """A workflow that has every state these facts speak of."""
    spoken = {str(getattr(fact.event, "to", "")) for fact in facts}
    steps = {**SHIPPED.steps, **flow.steps}
    return Workflow({**{key: Step(key, Lane.work) for key in spoken if key}, **steps})


def with_order(shop: Shop, job: Job) -> Shop:
    """The shop as if the order were still among the live ones, to tell of it."""
    return replace(shop, jobs={**shop.jobs, job.id: job})


def photos_in(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The names of every photo the facts speak of, in their order, each once."""
    return tuple(dict.fromkeys(name for fact in facts for name in _photos(fact.event)))


def _photos(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for part in value:
            yield from _photos(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            inner = getattr(value, each.name)
            if each.name == "photos" and isinstance(inner, tuple):
                yield from (str(name) for name in inner)
            else:
                yield from _photos(inner)


@dataclass(frozen=True, slots=True)
class Visit:
    """One order of a car: what was known of it, done, declined, checked and seen."""

    job: Job
    live: bool
    photos: tuple[str, ...]

    @property
    def came_at(self) -> datetime:
        """When the car came, or its order was made."""
        return self.job.arrived_at or self.job.opened_at

    @property
    def declined(self) -> tuple[Line, ...]:
        """What was recommended and not wanted."""
        return declined_lines(self.job)

    @property
    def done(self) -> tuple[Line, ...]:
        """Every other line; an order that is its own only line is told by what was asked."""
        declined = declined_lines(self.job)
        return tuple(line for line in self.job.lines if line not in declined)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Every look at the work."""
        return self.job.checks


def visits_of(shop: Shop, histories: Mapping[str, Sequence[Fact]]) -> tuple[Visit, ...]:
    """Every order of a car, the newest first; live ones as they are now."""
    found = []
    for job_id, facts in histories.items():
        live = shop.jobs.get(job_id)
        job = live or folded(shop, job_id, facts)
        if job is not None:
            found.append(Visit(job, live is not None, photos_in(facts)))
    return tuple(sorted(found, key=lambda visit: (visit.came_at, visit.job.id), reverse=True))
