"""Days at random: commands of all sorts by whoever may ask, some refused, with time between."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from hypothesis import strategies as st

from board.core import commands as c
from board.core.appointments import Task
from board.core.bays import BayState, Presence
from board.core.calls import CallKind
from board.core.holds import HoldReason
from board.core.job import Car, Customer, Flag, Where
from board.core.roles import Actor
from board.core.shop import Shop
from tests.builders import ANNA, CARL, CLOCK, INES, LEE, MONA, SENSOR, TOM, WILLY, Trial

JOBS = ("j1", "j2", "j3", "j4")
BAYS = ("1", "2", "wash")
CARS = ("京A12345", "京A99345", "沪BD45678", "浙A7Q5W2", "TOKYO-5", "X7")

Deed = tuple[int, str, str, int]
"""Which command, for which job and bay, after how many seconds."""

_Made = Callable[[str, str, datetime], tuple[c.Command, Actor]]


def _receive(job: str, bay: str, now: datetime) -> tuple[c.Command, Actor]:
    number = int(job[1:])
    plate = CARS[(number + len(bay)) % len(CARS)]
    car = Car(plate, f"LSVAA4182E21{number:05d}", f"Model-{number}", "white")
    shy = frozenset({Flag.lounge_opt_out} if number == 4 and bay == "2" else set())
    who = Customer(f"Customer-{number}", f"1390000{number:04d}")
    fine = frozenset({"plate", "vin"})
    opened = c.ReceiveJob(job=job, car=car, customer=who, flags=shy, overrides=fine, reason="seen")
    return opened, ANNA


def _other(kind: str, job: str) -> c.OpenJob:
    """A second car of the same number: waiting at the desk (`w`), or booked (`b`)."""
    number = int(job[1:])
    car = Car(f"粤{kind.upper()}3456{number}", f"LSVBB4182E21{number:05d}", "Model-0", "red")
    who = Customer(f"Client-{number}", f"1380000{number:04d}")
    return c.OpenJob(job=kind + job[1:], car=car, customer=who)


def _waiting(job: str, bay: str, now: datetime) -> tuple[c.Command, Actor]:
    shy = frozenset({Flag.lounge_opt_out} if bay == "2" else set())
    return c.ReceiveJob(**{**vars(_other("w", job)), "flags": shy}, checked_in=False), ANNA


def _booked(job: str, bay: str, now: datetime) -> tuple[c.Command, Actor]:
    booked_for = now + timedelta(minutes=50)
    return c.BookJob(**vars(_other("b", job)), booked_for=booked_for), ANNA


_BEFORE_RECEPTION: tuple[_Made, ...] = (
    _waiting,
    lambda job, bay, now: (c.CallNext(), ANNA),
    lambda job, bay, now: (c.PassTicket(job="w" + job[1:]), ANNA),
    lambda job, bay, now: (c.ReturnTicket(job="w" + job[1:]), ANNA),
    lambda job, bay, now: (c.MoveJob(job="w" + job[1:], to="receiving"), ANNA),
    lambda job, bay, now: (c.MoveJob(job="w" + job[1:], to="awaiting_dispatch"), ANNA),
    _booked,
    lambda job, bay, now: (c.TickPreparation(job="b" + job[1:], task=Task.bay_kept), CARL),
    lambda job, bay, now: (c.TickPreparation(job="b" + job[1:], task=Task.parts_picked), CARL),
    lambda job, bay, now: (c.ProposeArrival(plate=f"粤B3456{job[1:]}", seen=now), SENSOR),
    lambda job, bay, now: (c.AnswerArrival(job="b" + job[1:], agreed=bay == "1"), ANNA),
    lambda job, bay, now: (c.MarkNoShow(job="b" + job[1:]), CLOCK),
    lambda job, bay, now: (c.ArriveJob(job="b" + job[1:]), ANNA),
)

_CALLS: tuple[_Made, ...] = (
    lambda job, bay, now: (c.CallHelp(kind=CallKind.technical, bay=bay), TOM),
    lambda job, bay, now: (c.CallHelp(kind=CallKind.safety, job=job), LEE),
    lambda job, bay, now: (c.AnswerCall(call=job[1:]), INES),
    lambda job, bay, now: (c.ReachCall(call=job[1:]), LEE),
    lambda job, bay, now: (c.CloseCall(call=job[1:]), LEE),
    lambda job, bay, now: (c.UndoCall(call=job[1:]), LEE if bay == "1" else TOM),
    lambda job, bay, now: (c.EscalateCall(call=job[1:]), CLOCK),
)

_SENSORS: tuple[_Made, ...] = (
    lambda job, bay, now: (_heard(bay, Presence.present, now), SENSOR),
    lambda job, bay, now: (_heard(bay, Presence.absent, now), SENSOR),
    lambda job, bay, now: (c.AskAboutBay(bay=bay), CLOCK),
    lambda job, bay, now: (c.LapseQuestion(bay=bay), CLOCK),
    lambda job, bay, now: (c.AnswerQuestion(bay=bay, agreed=True, job=job), CARL),
    lambda job, bay, now: (c.AnswerQuestion(bay=bay, agreed=True, job="b" + job[1:]), CARL),
    lambda job, bay, now: (c.AnswerQuestion(bay=bay, agreed=False), CARL),
)


def _heard(bay: str, presence: Presence, now: datetime) -> c.ReportBay:
    return c.ReportBay(bay=bay, presence=presence, since=now, live=True)


_COMMANDS: tuple[_Made, ...] = (
    _receive,
    lambda job, bay, now: (c.MoveJob(job=job, to="awaiting_dispatch"), ANNA),
    lambda job, bay, now: (c.DispatchJob(job=job, bay=bay, technicians=("tom",)), CARL),
    lambda job, bay, now: (c.StartLine(job=job), TOM),
    lambda job, bay, now: (c.PauseLine(job=job), TOM),
    lambda job, bay, now: (c.FinishLine(job=job), TOM),
    lambda job, bay, now: (c.PassCheck(job=job), TOM),
    lambda job, bay, now: (c.PassCheck(job=job), LEE),
    lambda job, bay, now: (c.PassCheck(job=job), INES),
    lambda job, bay, now: (c.FailCheck(job=job, defect="noise"), INES),
    lambda job, bay, now: (c.MoveJob(job=job, to="washing"), WILLY),
    lambda job, bay, now: (c.MoveJob(job=job, to="awaiting_settlement"), WILLY),
    lambda job, bay, now: (c.MoveJob(job=job, to="ready"), ANNA),
    lambda job, bay, now: (c.MoveJob(job=job, to="delivered"), ANNA),
    lambda job, bay, now: (c.PlaceCar(job=job, where=Where.bay, spot=bay), CARL),
    lambda job, bay, now: (c.PromiseJob(job=job, at=now + timedelta(minutes=70), reason="x"), ANNA),
    lambda job, bay, now: (c.HoldJob(job=job, hold=HoldReason.quote), ANNA),
    lambda job, bay, now: (c.ResumeJob(job=job), ANNA),
    lambda job, bay, now: (c.UndoMove(job=job), ANNA),
    lambda job, bay, now: (c.ChangeBay(bay=bay, state=BayState.cleaning), CARL),
    lambda job, bay, now: (c.ChangeBay(bay=bay, state=BayState.open), CARL),
    lambda job, bay, now: (c.ReportBay(bay=bay, presence=Presence.present, since=now), SENSOR),
    lambda job, bay, now: (c.ReportBay(bay=bay, presence=Presence.unknown, since=now), SENSOR),
    lambda job, bay, now: (c.SetUpBay(bay=c.BayPlan(id=bay, name=f"N{bay}")), MONA),
    lambda job, bay, now: (c.CancelJob(job=job, reason="gone"), ANNA),
    *_BEFORE_RECEPTION,
    *_CALLS,
    *_SENSORS,
)

DEEDS = st.lists(
    st.tuples(
        st.integers(0, len(_COMMANDS) - 1),
        st.sampled_from(JOBS),
        st.sampled_from(BAYS),
        st.sampled_from((0, 1, 40, 900, 4200, 50_000)),
    ),
    max_size=60,
)


def day(deeds: list[Deed]) -> Iterator[tuple[Shop, datetime]]:
    """The shop after each deed, with the moment; it starts with cars at every stage."""
    trial = _busy()
    for made in (*[_waiting] * 4, *[_booked] * 4):
        job = JOBS[len(trial.shop.jobs) % len(JOBS)]
        trial.when(*made(job, "1", trial.now))
    yield trial.shop, trial.now
    for which, job, bay, seconds in deeds:
        trial.later(seconds=seconds)
        trial.when(*_COMMANDS[which](job, bay, trial.now))
        yield trial.shop, trial.now


def _busy() -> Trial:
    trial = Trial()
    for job in JOBS:
        trial.when(*_receive(job, "1", trial.now))
        for step in _COMMANDS[1 : 2 + 3 * int(job[1:])]:
            trial.when(*step(job, BAYS[int(job[1:]) % 3], trial.now))
    return trial
