"""The gallery's shop at 14:05: every lane, every bay condition and every tone; for tests, too.

Nobody in it is real.
"""

from datetime import UTC, datetime, timedelta

from board.core.bays import Bay, BayKind, BayState, Presence, Question, QuestionKind, Sensed
from board.core.check_points import Check
from board.core.holds import OWNERS, Hold, HoldReason
from board.core.job import Car, Customer, Flag, Job, Place, Promise, Where
from board.core.lines import Clock, Line, LineState, Parts
from board.core.roles import Role
from board.core.shop import Person, Settings, Shop, indexed
from board.core.workflow import CheckLevel, State

NOW = datetime(2026, 3, 18, 6, 5, tzinfo=UTC)
"""14:05 on the shop's clock."""


def ago(minutes: float) -> datetime:
    """So many minutes before NOW."""
    return NOW - timedelta(minutes=minutes)


def ahead(minutes: float) -> datetime:
    """So many minutes after NOW."""
    return NOW + timedelta(minutes=minutes)


def promised(at: datetime) -> tuple[Promise, ...]:
    """One promise for `at`."""
    return (Promise(at, ago(200), "person:wang"),)


def in_bay(bay: str) -> Place:
    """A place in a bay."""
    return Place(Where.bay, bay)


def job(key: str, plate: str, state: str, ticket: str, **more: object) -> Job:
    """A job with a car, a customer nobody else is named like, and what else is given."""
    facts: dict[str, object] = {
        "number": f"R26-{key}",
        "customer": Customer(f"顾客{key}", f"1390000{key.zfill(4)}"),
        "car": Car(plate, f"LSVAA4182E21{key.zfill(5)}", "轿车", "白色"),
        "advisor": "wang",
        "opened_at": ago(240 - int(key)),
        "arrived_at": ago(240 - int(key)),
        "state_since": ago(20),
    }
    return Job(id=f"j{key}", state=state, ticket=ticket, **{**facts, **more})  # type: ignore[arg-type]


def held(reason: HoldReason, since: float, expected: datetime | None = None) -> Hold:
    """A hold out of work, opened so many minutes ago."""
    note = "张师傅" if reason == HoldReason.other else ""
    return Hold(reason, OWNERS[reason], "person:li", ago(since), State.working, note, expected)


def running(began: float) -> tuple[Line, ...]:
    """A line on which Li has been clocked for so many minutes."""
    return (Line("l1", "更换刹车片", 1.5, LineState.running, ("li",), clocks=(_clock(began),)),)


def paused(began: float, ended: float) -> tuple[Line, ...]:
    """A line on which nobody is clocked any more."""
    return (Line("l1", "更换水泵", 2.0, LineState.paused, ("li",), clocks=(_clock(began, ended),)),)


def _clock(began: float, ended: float | None = None) -> Clock:
    return Clock("li", ago(began), None if ended is None else ago(ended))


def _bays() -> tuple[Bay, ...]:
    unsure = Sensed(Presence.unknown, ago(30), "radar-5", "silent")
    present = Sensed(Presence.present, ago(9), "radar-11")
    asked = Question(QuestionKind.car_seen, ago(9), ago(7))
    return (
        *(Bay(f"b{n}", str(n)) for n in range(1, 5)),
        Bay("b5", "5", sensed=unsure),
        *(Bay(f"b{n}", str(n)) for n in range(6, 9)),
        Bay("b9", "9", BayKind.alignment, BayState.maintenance, until=ahead(20 * 60)),
        Bay("b10", "10", BayKind.wash),
        Bay("b11", "11", sensed=present, question=asked),
        Bay("b12", "12", state=BayState.closed),
        Bay("b13", "13", state=BayState.cleaning, until=ahead(25)),
    )


def _people() -> tuple[Person, ...]:
    return (
        Person("wang", "王静", frozenset({Role.advisor})),
        Person("zhou", "周强", frozenset({Role.controller})),
        Person("li", "李师傅", frozenset({Role.technician}), ("b1",)),
    )


def _in_bays() -> tuple[Job, ...]:
    work: dict[str, object] = {"technicians": ("li",)}
    due = held(HoldReason.parts_order, 90, ahead(145))
    checks = (Check(CheckLevel.self, True, "person:li", ago(25)),)
    return (
        job("1", "京AD12345", State.working, "A18", place=in_bay("b1"), bay="b1", **work,
            lines=running(50), promises=promised(ahead(35))),
        job("2", "沪B8K321", State.working, "A19", place=in_bay("b2"), bay="b2", **work,
            lines=running(95), promises=promised(ago(12))),
        job("3", "粤BF09876", State.held, "A20", place=in_bay("b3"), bay="b3", **work, hold=due,
            promises=promised(ahead(230))),
        job("4", "浙A7Q5W2", State.working, "A21", place=in_bay("b4"), bay="b4", **work,
            place_since=ago(120), lines=paused(110, 55), promises=promised(ahead(120))),
        job("6", "苏ED66021", State.awaiting_wash, "A22", place=in_bay("b6"), bay="b6", **work,
            checks=checks, promises=promised(ahead(75))),
        job("7", "豫A3R5N1", State.team_check, "A23", place=in_bay("b7"), bay="b7", **work,
            checks=checks, promises=promised(ahead(85))),
        job("8", "京P2W93A", State.dispatched, "A24", bay="b8", **work, start_at=ahead(55),
            promises=promised(ahead(200))),
        job("9", "京N662V8", State.washing, "A25", place=in_bay("b10"),
            promises=promised(ahead(25))),
    )  # fmt: skip


def _elsewhere() -> tuple[Job, ...]:
    waiting = Line("l1", "保养", 1.0, LineState.approved, (), Parts.requested)
    other = {"car": Car("京A99345", "LSVAA4182E2100010", "SUV", "黑色")}
    shy = {"flags": frozenset({Flag.lounge_opt_out, Flag.vip})}
    return (
        job("10", "京A99345", State.receiving, "A26", **other, promises=promised(ahead(190))),
        job("11", "鲁B12K78", State.awaiting_dispatch, "A27", lines=(waiting,)),
        job("12", "冀C77A10", State.awaiting_dispatch, "A28", **shy),
        job("13", "京A12345", State.ready, "A17", state_since=ago(3), promises=promised(ago(5))),
        job("14", "京N602V8", State.ready, "A14", state_since=ago(12)),
        job("15", "沪AD10071", State.unclaimed, "A16", state_since=ago(300)),
        job("16", "津A5511C", State.delivered, "A12", closed_at=ago(4), promises=promised(ago(9))),
        job("17", "津A5512C", State.delivered, "A11", closed_at=ago(40)),
        job("18", "晋A8812F", State.booked, "", arrived_at=None, booked_for=ahead(900)),
    )


SAMPLE: Shop = indexed(
    Shop(
        "main",
        seq=412,
        settings=Settings(name="一号厂房"),
        bays={bay.id: bay for bay in _bays()},
        people={person.id: person for person in _people()},
        jobs={one.id: one for one in (*_in_bays(), *_elsewhere())},
    )
)
