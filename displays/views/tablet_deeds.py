"""The big buttons: which deeds a job or line offers its technician, asked of the rules themselves.

A deed the rules refuse stays visible with its refusal, so button and rule cannot differ.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.job import Job, Where
from board.core.lines import Line
from board.core.part_requests import PartStep
from board.core.refusals import Refused
from board.core.roles import Actor, Role
from board.core.rules import decide
from board.core.shop import Shop
from board.core.workflow import CheckLevel, Lane, State, Through
from displays.views.tablet_views import Deed, LineDeeds

Ask = Callable[[c.Command], Refused | None]


def asking(shop: Shop, actor: Actor, now: datetime) -> Ask:
    """A question to the rules: would this command be refused, and how?"""

    def ask(command: c.Command) -> Refused | None:
        answer = decide(shop, command, actor, now)
        return _named(shop, answer) if isinstance(answer, Refused) else None

    return ask


def _named(shop: Shop, refused: Refused) -> Refused:
    """The refusal with the names of bays and people in place of their ids."""
    params = dict(refused.params)
    if (bay := shop.bays.get(str(params.get("bay")))) is not None:
        params["bay"] = bay.name
    if "person" in params:
        params["person"] = shop.name_of(str(params["person"]))
    return replace(refused, params=params)


def deed_sets(shop: Shop, job: Job, actor: Actor, now: datetime) -> tuple[LineDeeds, ...]:
    """The buttons of a job, one set per line, or one set for all while the job as a whole waits."""
    ask = asking(shop, actor, now)
    step = shop.workflow.steps[job.state]
    if step.lane == Lane.hold:
        taken = take_parts(job, job.lines, actor)
        return (LineDeeds("", job.state, True, (resume(job, ask), *taken)),)
    if step.check == CheckLevel.self:
        return (LineDeeds("", job.state, True, look_deeds(shop, job, ask)),)
    first = chosen_line(job, actor.id)
    build = partial(_line_set, shop, job, actor, ask, first.id if first else "")
    return tuple(build(line) for line in job.lines) or (build(None),)


def has_line_deeds(shop: Shop, job: Job) -> bool:
    """Whether deeds go with single lines: not while the job is held or waits for its check."""
    step = shop.workflow.steps[job.state]
    return step.lane != Lane.hold and step.check is None


def chosen_line(job: Job, person: str) -> Line | None:
    """The line at hand: the one the person is clocked on, else the first open one, else any."""
    mine = (line for line in job.lines if clocked(line, person))
    return next(mine, None) or next(iter(job.open_lines), None) or next(iter(job.lines), None)


def clocked(line: Line, person: str) -> bool:
    """Whether the person's clock runs on the line."""
    return any(clock.technician == person for clock in line.running_clocks)


def _line_set(
    shop: Shop, job: Job, actor: Actor, ask: Ask, chosen: str, line: Line | None
) -> LineDeeds:
    line_id = line.id if line else ""
    running = line is not None and clocked(line, actor.id)
    deeds: tuple[Deed, ...] = ()
    if running and line is not None:
        deeds = _running_deeds(job, line, actor)
    elif line is None or line.is_open:
        deeds = tuple(_standing_deeds(shop, job, line, actor, ask))
    return LineDeeds(line_id, line.state if line else "", line_id == chosen, deeds)


def _running_deeds(job: Job, line: Line, actor: Actor) -> tuple[Deed, ...]:
    fields = (("job", job.id), ("line", line.id))
    done = Deed("finish", "finish_line", fields, said_of(line), None, line.implicit)
    if _only_helps(line, actor):
        done = Deed("mine", "finish_line", fields)
    stops = (Deed("pause", "pause_line", fields), Deed("parts", "pause_line", fields))
    return (*stops, *take_parts(job, (line,), actor), done)


def take_parts(job: Job, lines: Iterable[Line], actor: Actor) -> tuple[Deed, ...]:
    """Sign for parts: those that lie ready at the counter, of the first line that has some, else
    one that was handed out without a word of who took it.
    """
    every = [(line.id, part) for line in lines for part in line.requests]
    fields = [
        *((("job", job.id), ("line", at)) for at, one in every if one.step == PartStep.picked),
        *(
            (("job", job.id), ("line", at), ("part", one.id))
            for at, one in every
            if one.is_unsigned_by(actor.id)
        ),
    ]
    return tuple(Deed("take", "issue_part", one) for one in fields[:1])


def _only_helps(line: Line, actor: Actor) -> bool:
    """Whether finishing would stop the person's own clock only, while others go on."""
    leads = actor.has(Role.team_leader, Role.controller) or line.technicians[:1] == (actor.id,)
    return not leads and any(clock.technician != actor.id for clock in line.running_clocks)


def _standing_deeds(
    shop: Shop, job: Job, line: Line | None, actor: Actor, ask: Ask
) -> Iterator[Deed]:
    if job.bay and job.in_bay != job.bay:
        yield _place(shop, job, ask)
    if ask(c.HoldJob(job=job.id, hold=HoldReason.parts_issue)) is None:
        yield Deed("parts", "hold_job", (("job", job.id),))
    yield from take_parts(job, (line,) if line else (), actor)
    yield start(job, line, ask)


def _place(shop: Shop, job: Job, ask: Ask) -> Deed:
    bay = shop.bays.get(job.bay)
    fields = (("job", job.id), ("where", "bay"), ("spot", job.bay), version(job))
    refused = ask(c.PlaceCar(job=job.id, where=Where.bay, spot=job.bay))
    return Deed("place", "place_car", fields, bay.name if bay else job.bay, refused)


def start(job: Job, line: Line | None, ask: Ask) -> Deed:
    """Clock on a line; without one, on the next open line of the job."""
    line_id = line.id if line else ""
    refused = ask(c.StartLine(job=job.id, line=line_id))
    return Deed(
        "start",
        "start_line",
        (("job", job.id), ("line", line_id)),
        said_of(line) if line else "",
        refused,
        line is not None and line.implicit,
    )


def said_of(line: Line) -> str:
    """A line's text; empty for the line that stands for the whole order, whatever it was told."""
    return "" if line.implicit else line.text


def resume(job: Job, ask: Ask) -> Deed:
    """End the hold of a job."""
    return Deed("resume", "resume_job", (("job", job.id),), "", ask(c.ResumeJob(job=job.id)))


def look_deeds(shop: Shop, job: Job, ask: Ask) -> tuple[Deed, ...]:
    """Pass, send to rework, come back, go on: what a look at finished work may lead to.

    A road test begins on the page of the points, where its kilometres are asked for; who comes
    back is asked here. A state of the shop's own has no points: its car is moved on.
    """
    fields = (("job", job.id), version(job))
    fail = Deed("fail", "fail_check", fields)
    points = Deed("points", "", (), href=f"/orders/{job.id}/checks?tablet")
    if job.state == State.road_test:
        out = _km_out(job)
        refused = ask(c.EndRoadTest(job=job.id, km=int(out or 0)))
        return fail, points, Deed("back", "end_road_test", fields, out, refused)
    if shop.workflow.through(job.state, Through.passed) is not None:
        return fail, points, Deed("pass", "pass_check", fields, "", ask(c.PassCheck(job=job.id)))
    return fail, *_onward(shop, job, ask)


def _onward(shop: Shop, job: Job, ask: Ask) -> Iterator[Deed]:
    way = shop.workflow.through(job.state, Through.move)
    if way is not None:
        fields = (("job", job.id), ("to", way.to), version(job))
        refused = ask(c.MoveJob(job=job.id, to=way.to))
        yield Deed(
            "onward", "move_job", fields, shop.workflow.steps[way.to].name or way.to, refused
        )


def _km_out(job: Job) -> str:
    """What the clock said when the car drove out, '' when nobody noted it."""
    out = job.road_tests[-1].out_km if job.road_tests else None
    return "" if out is None else str(out)


def version(job: Job) -> tuple[str, str]:
    """The field that tells the rules which state of the job the button was drawn for."""
    return ("version", str(job.version))
