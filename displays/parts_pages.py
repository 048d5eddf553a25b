"""The parts desk, and the parts of one order, as pages."""

from board.core import commands as c
from board.core.job import Job
from board.core.lines import LineState, Parts
from board.core.roles import Role
from board.core.shop import Shop
from displays.desk_pages import page_of
from displays.dialog_asks import GONE, Ask, Sheet, may, needs_why
from displays.last_deed import own_last_deed
from displays.parts_waiting import in_turn, line_parts, waiting_car

AT_THE_STORE = frozenset({Role.parts, Role.controller, Role.advisor})


def parts_desk(ask: Ask) -> Sheet:
    """Every car that waits for parts, the most urgent first."""
    jobs = in_turn(ask.shop.jobs.values(), ask.now)
    cars = tuple(waiting_car(ask.shop, job, ask.now) for job in jobs)
    return page_of(
        "parts/desk.html",
        cars=cars,
        late=sum(car.late for car in cars),
        held=sum(bool(car.hold) for car in cars),
        may_step=ask.actor.has(*AT_THE_STORE),
        undo=own_last_deed(ask, _wanted_parts),
    )


def _wanted_parts(job: Job) -> bool:
    """Whether parts were ever asked for: who issued the last one may have pressed in error."""
    return any(line.requests or line.parts != Parts.none for line in job.lines)


def order_parts(ask: Ask) -> Sheet:
    """What was asked for each line of an order, with every step, and a form to ask for more."""
    job = ask.job
    if job is None:
        return GONE
    lines = tuple(
        line_parts(ask.shop, job, line, ask.now)
        for line in job.lines
        if line.requests or line.state != LineState.declined
    )
    is_open = not job.is_closed
    return page_of(
        "parts/of_order.html",
        lines=lines,
        may_ask=is_open and may(ask.actor, c.RequestPart),
        may_step=is_open and ask.actor.has(*AT_THE_STORE),
        why=needs_why(ask.actor, c.RequestPart),
    )


def takers(shop: Shop) -> tuple[tuple[str, str], ...]:
    """Who may be named as having taken a part: everybody who works at cars."""
    at_cars = {Role.technician, Role.team_leader}
    people = [one for one in shop.people.values() if not one.removed and one.roles & at_cars]
    return tuple((one.id, one.name) for one in people)
