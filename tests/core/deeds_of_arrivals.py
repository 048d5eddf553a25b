"""Deeds about appointments and the line before reception, for the table of every deed."""

from datetime import timedelta

from board.core import commands as c
from board.core.appointments import Task
from tests.builders import ANNA, NOW, PLATES, SENSOR
from tests.core.deed import Deed

_SEEN = ((c.ProposeArrival(plate=PLATES[0], seen=NOW, device="gate-1"), SENSOR),)
_PEAK = ((c.SwitchPeak(on=True), ANNA),)
_CALLED = (*_PEAK, (c.CallTicket(job="j1"), ANNA))
_PASSED = (*_CALLED, (c.PassTicket(job="j1"), ANNA))

ARRIVAL_DEEDS: tuple[Deed, ...] = (
    Deed(
        "change_booking",
        lambda trial: c.ChangeBooking(job="j1", booked_for=trial.now + timedelta(hours=3)),
    ),
    Deed("tick_preparation", lambda trial: c.TickPreparation(job="j1", task=Task.parts_picked)),
    Deed("arrive_job", lambda trial: c.ArriveJob(job="j1")),
    Deed("answer_arrival", lambda trial: c.AnswerArrival(job="j1", agreed=True), _SEEN),
    Deed("call_ticket", lambda trial: c.CallTicket(job="j1"), _PEAK),
    Deed("pass_ticket", lambda trial: c.PassTicket(job="j1"), _CALLED),
    Deed("return_ticket", lambda trial: c.ReturnTicket(job="j1"), _PASSED),
)
