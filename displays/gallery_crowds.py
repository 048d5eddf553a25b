"""The gallery's shop on other days: one car, as many as fit, many more than fit; and help calls of
every kind, at each of their stages.
"""

from collections.abc import Iterator
from dataclasses import replace

from board.core.bays import Bay
from board.core.calls import Call, CallKind, CallStep, Done
from board.core.job import OUTSIDE, Job, Place, Where
from board.core.shop import Shop
from board.core.workflow import State
from displays.gallery_shop import SAMPLE, ago, ahead, in_bay, job, promised, running
from displays.gallery_story import QUIET, STORY, with_jobs

_PROVINCES = "京沪粤浙苏豫鲁冀津晋"
_BESIDE_BAYS = (
    State.arrived, State.receiving, State.awaiting_dispatch, State.held, State.final_check,
    State.awaiting_wash, State.awaiting_settlement, State.ready,
)  # fmt: skip


def _in_bays(bays: int) -> Iterator[Job]:
    """A car in work in every bay; every fifth one is late."""
    for n in range(bays):
        due = ago(10 + n) if n % 5 == 4 else ahead(30 + 7 * n)
        yield job(str(200 + n), _plate(n), State.working, f"B{n:02}", place=in_bay(f"x{n + 1}"),
            bay=f"x{n + 1}", technicians=("li",), lines=running(20 + n), promises=promised(due),
            arrived_at=ago(200), opened_at=ago(200))  # fmt: skip


def _beside(each: int) -> Iterator[Job]:
    """So many cars in every state in which a car is in no bay."""
    for n in range(each * len(_BESIDE_BAYS)):
        state = _BESIDE_BAYS[n % len(_BESIDE_BAYS)]
        more = {"hold": SAMPLE.jobs["j3"].hold} if state == State.held else {}
        yield job(str(300 + n), _plate(100 + n), state, f"C{n:02}", promises=promised(ahead(3 * n)),
            arrived_at=ago(150 - n), opened_at=ago(150 - n), **more)  # fmt: skip


def _plate(n: int) -> str:
    return f"{_PROVINCES[n % len(_PROVINCES)]}A{n * 137 % 90000 + 10000}"


def crowded(bays: int, each: int) -> Shop:
    """A shop with a car in each of its bays, and so many in every other state."""
    made = {f"x{n + 1}": Bay(f"x{n + 1}", str(n + 1)) for n in range(bays)}
    return with_jobs(replace(QUIET, bays=made), *_in_bays(bays), *_beside(each))


ONE: Shop = crowded(1, 0)
FULL: Shop = crowded(6, 1)
OVERFULL: Shop = crowded(30, 9)
EVENING: Shop = with_jobs(QUIET, *_beside(1))
"""Nobody works, cars stay for the night."""

_PLACES = dict(zip(CallKind, ("b4", "b2", "b12", "b1", "b7"), strict=True))


def _call(kind: CallKind, step: CallStep) -> Call:
    bay = _PLACES[kind]
    car = next((one.id for one in STORY.jobs.values() if one.place == in_bay(bay)), "")
    coming = Done("person:zhou", ago(5)) if step != CallStep.open else None
    there = Done("person:zhou", ago(2)) if step == CallStep.reached else None
    return Call(f"c-{kind}", kind, bay, Done("person:li", ago(9)), car, coming, there,
        escalated=(ago(4),) if step == CallStep.open else ())  # fmt: skip


def _away() -> Shop:
    """Cars that called and stand in no bay now: parked, on the road, anywhere; in the bay of one
    that called a stop for safety stands another.
    """
    stands = (
        (CallKind.parts, "j8", "b8", Place(Where.parking, "B12")),
        (CallKind.technical, "j11", "b5", Place(Where.road)),
        (CallKind.quality, "j10", "b7", OUTSIDE),
        (CallKind.safety, "j12", "b1", OUTSIDE),
    )
    cars = (replace(STORY.jobs[car], place=place) for _, car, _, place in stands)
    calls = (
        Call(f"c-{kind}", kind, bay, Done("person:li", ago(4 + n)), car)
        for n, (kind, car, bay, _) in enumerate(stands)
    )
    return replace(with_jobs(STORY, *cars), calls={call.id: call for call in calls})


CALLED: dict[str, Shop] = {
    **{
        step.value: replace(STORY, calls={f"c-{kind}": _call(kind, step) for kind in CallKind})
        for step in (CallStep.open, CallStep.answered, CallStep.reached)
    },
    "away": _away(),
}
"""Help of every kind is called for, as far as each step; what nobody answered is escalated. And
for cars that have left their bays.
"""
