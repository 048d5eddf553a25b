"""What else happens in the gallery's shop: the line before reception, appointments, calls, checks.

With it every state of the workflow and every kind of region has something to show.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from board.core.appointments import Appointment, Prepared, Proposal, Task
from board.core.calls import Call, CallKind, Done
from board.core.check_points import Check, RoadTest
from board.core.extra import AnswerMeans, Decision, Extra
from board.core.holds import HoldReason
from board.core.indirect import IndirectClock
from board.core.job import Flag, Job, LastChange, Promise
from board.core.lines import Clock, Line, LineState
from board.core.roles import Role
from board.core.shop import LastDeed, Person, Shop, indexed
from board.core.workflow import CheckLevel, State
from displays.gallery_shop import NOW, SAMPLE, ago, ahead, held, job, promised

PHOTO = "b" * 64
OK = Check(CheckLevel.self, True, "person:li", ago(40))
BACK = Check(CheckLevel.final, False, "person:qian", ago(15), defect="leak")


def _people() -> dict[str, Person]:
    more = (
        Person("zhou", "周强", frozenset({Role.controller, Role.manager})),
        Person("chen", "陈班长", frozenset({Role.team_leader, Role.technician})),
        Person("qian", "钱质检", frozenset({Role.inspector})),
        Person("sun", "孙师傅", frozenset({Role.washer})),
        Person("he", "何师傅", frozenset({Role.technician})),
        Person("new", "新师傅", frozenset({Role.technician})),
    )
    return {**SAMPLE.people, **{person.id: person for person in more}}


def extra(line: str, text: str, answer: bool | None = None, **more: object) -> Line:
    """Extra work that was asked, and answered if `answer` says how."""
    said = Decision(bool(answer), "customer:1", ago(30), AnswerMeans.phone_page, "", ago(30), "",
        260_00, 420_00)  # fmt: skip
    decisions = () if answer is None else (said,)
    known = Extra("person:li", ago(70), "右后 2.1 mm，低于 3 mm 建议更换。", (PHOTO,),
        labour_priced=True, parts_priced=True, asked_at=ago(60), decisions=decisions)  # fmt: skip
    state = {None: LineState.proposed, True: LineState.approved, False: LineState.declined}[answer]
    given: dict[str, object] = {"price": 260_00, "parts_price": 420_00, **more}
    return Line(line, text, 1.0, state, extra=known, **given)  # type: ignore[arg-type]


def _in_line() -> tuple[Job, ...]:
    """Cars before reception: called, next, waiting, and one that missed its turn."""
    came = [("30", "京BA1C23", "A31"), ("31", "京C5D678", "A32"), ("32", "津DF08812", "A33")]
    waiting = [
        job(key, plate, State.arrived, ticket, arrived_at=ago(30 - at * 5), opened_at=ago(30))
        for at, (key, plate, ticket) in enumerate(came)
    ]
    called = job("33", "京E8F901", State.arrived, "A29", arrived_at=ago(45), called_at=ago(2),
        called_by="wang")  # fmt: skip
    missed = job("34", "京F2G345", State.arrived, "A30", arrived_at=ago(50), called_at=ago(20),
        called_by="wang", passed_at=ago(12))  # fmt: skip
    return (*waiting, called, missed)


def _expected() -> tuple[Job, ...]:
    """Appointments: one at the gate, overdue, no-show, unready, prepared, awaited."""
    ready = tuple(Prepared(task, "person:zhou", ago(90)) for task in Task)
    asked = Appointment("更换前刹车片", hours=1.5, technician="li")

    def booked(key: str, plate: str, minutes: float, **more: object) -> Job:
        given: dict[str, object] = {"state": State.booked, **more}
        return job(key, plate, str(given.pop("state")), "", arrived_at=None,
            booked_for=ahead(minutes), opened_at=ago(2000), **given)  # fmt: skip

    return (
        booked("40", "京G11H22", 10, proposal=Proposal(ago(1), "gate-1")),
        booked("41", "京H33J44", -20),
        booked("42", "京J55K66", -45, state=State.no_show),
        booked("43", "京K77L88", 25, appointment=asked, flags=frozenset({Flag.loaner})),
        booked("44", "京L99M00", 55, state=State.preparing, prepared=ready, appointment=asked),
        booked("45", "京M12N34", 115),
    )


def _in_work() -> tuple[Job, ...]:
    """Cars of every other state, with what a card or a tablet can say of them."""
    waits = held(HoldReason.approval, 40)
    told = held(HoldReason.bay, 130)
    lines = (Line("1", "空调系统检测", 1.0, LineState.done, ("chen",)),)
    lent = {"lines": lines, "technicians": ("chen",)}
    road = RoadTest("person:qian", ago(6), 23_410)
    return (
        job("50", "京N23P45", State.held, "A40", hold=waits, lines=(extra("2", "更换后刹车片"),),
            technicians=("li",), bay="b1", promises=promised(ahead(60))),
        job("51", "京P45Q67", State.held, "A41", hold=replace(told, escalated_at=ago(20))),
        job("52", "京Q67R89", State.self_check, "A42", **lent, promises=promised(ahead(40))),
        job("53", "京R89S01", State.final_check, "A43", **lent, checks=(OK,)),
        job("54", "京S01T23", State.road_test, "A44", **lent, checks=(OK,), road_tests=(road,)),
        job("55", "京T23U45", State.rework, "A45", **lent, checks=(OK, BACK), bay="b12",
            flags=frozenset({Flag.comeback, Flag.waiting, Flag.express}),
            promises=promised(ago(3))),
        job("56", "京U45V67", State.awaiting_settlement, "A46", checks=(OK,)),
        job("57", "京V67W89", State.working, "A47", lines=_chens(), bay="b12",
            technicians=("chen",), promises=promised(ahead(300)), asked="空调不凉，请检查"),
        job("58", "京W89X01", State.cancelled, "A48", closed_at=ago(30)),
        job("59", "京X01Y23", State.dispatched, "A49", bay="b1", technicians=("li",),
            start_at=ahead(90), lines=(Line("1", "四轮定位", 0.8),), opened_at=ago(1600),
            arrived_at=ago(1600)),
    )  # fmt: skip


def _chens() -> tuple[Line, ...]:
    clock = (Clock("chen", ago(20)),)
    return (
        Line("1", "更换压缩机", 3.0, LineState.running, ("chen",), clocks=clock),
        Line("2", "加注冷媒", 0.5, technicians=("chen",)),
        extra("3", "更换空调滤芯"),
    )


def _calls() -> dict[str, Call]:
    one = Call("c1", CallKind.safety, "b4", Done("person:li", ago(3)), "j4", escalated=(ago(1),))
    two = Call("c2", CallKind.parts, "b2", Done("person:li", ago(9)), "j2",
        answered=Done("person:zhou", ago(5)))  # fmt: skip
    three = Call("c3", CallKind.technical, "b12", Done("person:chen", ago(25)),
        answered=Done("person:zhou", ago(20)), reached=Done("person:zhou", ago(15)))  # fmt: skip
    return {call.id: call for call in (one, two, three)}


def with_jobs(shop: Shop, *jobs: Job) -> Shop:
    """The shop with these jobs besides, or in place of those of the same ids."""
    return indexed(replace(shop, jobs={**shop.jobs, **{one.id: one for one in jobs}}))


STORY: Shop = with_jobs(
    replace(
        SAMPLE,
        people=_people(),
        calls=_calls(),
        last_deed=LastDeed("job_dispatched", "person:zhou", ago(0.1), "j8", "c"),
        indirect={"he": (IndirectClock("cleaning", Clock("he", ago(12))),)},
    ),
    *_in_line(),
    *_expected(),
    *_in_work(),
)
"""Every state at once."""

_J50 = STORY.jobs["j50"]


def _undoable() -> Shop:
    """Li has just finished something and may take it back."""
    one = STORY.jobs["j1"]
    last = LastChange("c9", "person:li", ago(0.1), replace(one, lines=()))
    done = LastDeed("line_finished", "person:li", ago(0.1), "j1", "c9")
    return with_jobs(replace(STORY, last_deed=done), replace(one, last=last))


JUST_DONE: Shop = _undoable()
QUIET: Shop = replace(SAMPLE, jobs={}, people=_people(), placed={}, running={}, allocated={})
"""The same shop before anybody has come."""

PHONE_JOBS: dict[str, Callable[[], Job]] = {
    "in-line": lambda: STORY.jobs["j31"],
    "expected": lambda: STORY.jobs["j45"],
    "intake": lambda: STORY.jobs["j10"],
    "in-repair": lambda: STORY.jobs["j1"],
    "in-check": lambda: STORY.jobs["j53"],
    "to-settle": lambda: STORY.jobs["j56"],
    "time-changed": lambda: _with_times(ahead(35), ahead(105)),
    "asked-back": lambda: STORY.jobs["j2"],
    "question": lambda: _J50,
    "answered": lambda: replace(
        _J50, lines=(extra("2", "更换后刹车片", True), extra("3", "更换雨刮片", False))
    ),
    "ready": lambda: STORY.jobs["j13"],
    "not-fetched": lambda: STORY.jobs["j15"],
    "handed-over": lambda: STORY.jobs["j16"],
    "order-closed": lambda: STORY.jobs["j58"],
}
"""The car that a phone page of the gallery is about, by what it shows."""


def _with_times(*times: object) -> Job:
    told = tuple(
        Promise(at, NOW - timedelta(minutes=100 - 50 * n), "person:wang", "其他")  # type: ignore[arg-type]
        for n, at in enumerate(times)
    )
    return replace(STORY.jobs["j1"], promises=told)
