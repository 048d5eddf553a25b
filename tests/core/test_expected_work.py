"""What was expected of a booked car stands on its order as lines when the car is received."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.appointments import Appointment
from board.core.catalogue import CatalogueItem
from board.core.job import Car
from tests.builders import ANNA, MONA, PLATES, Trial

SERVICE = CatalogueItem("SV40", "40,000 km service", 1.2, 38_000, 21_050, "service", "engine")
RECEIVE = c.MoveJob(job="j1", to="receiving")


def arrived(wishes: Appointment) -> Trial:
    """The car of an appointment is here, and waits for its advisor."""
    trial = Trial().do(c.ImportCatalogue(items=(SERVICE,)), MONA)
    expected = trial.now + timedelta(hours=1)
    book = c.BookJob(job="j1", car=Car(PLATES[0]), booked_for=expected, appointment=wishes)
    return trial.do(book, ANNA).do(c.ArriveJob(job="j1"), ANNA)


def texts(trial: Trial) -> list[str]:
    """What stands on the order."""
    return [line.text for line in trial.job().lines]


def test_a_code_of_the_catalogue_brings_its_hours_and_prices() -> None:
    trial = arrived(Appointment(work="big service", codes=("SV40",))).do(RECEIVE, ANNA)
    (line,) = trial.job().lines
    assert (line.code, line.text, line.standard_hours) == ("SV40", SERVICE.text, 1.2)
    assert (line.price, line.parts_price, line.kind) == (38_000, 21_050, "service")
    assert (line.skill, line.implicit, line.extra) == ("engine", False, None)


def test_a_code_that_the_catalogue_lacks_is_a_line_in_words() -> None:
    trial = arrived(Appointment(codes=("SV40", "XX9"))).do(RECEIVE, ANNA)
    assert [(line.code, line.text) for line in trial.job().lines] == [
        ("SV40", SERVICE.text),
        ("", "XX9"),
    ]


def test_without_codes_each_piece_of_the_words_is_a_line() -> None:
    wishes = Appointment(work="Oil and filter；brakes squeak\n\nwipers", hours=1.5)
    trial = arrived(wishes).do(RECEIVE, ANNA)
    assert texts(trial) == ["Oil and filter", "brakes squeak", "wipers"]
    assert [line.standard_hours for line in trial.job().lines] == [1.5, 0, 0]


def test_nothing_is_doubled_when_undone_and_received_again() -> None:
    trial = arrived(Appointment(codes=("SV40",))).do(RECEIVE, ANNA)
    trial.do(c.UndoMove(job="j1"), ANNA)
    assert trial.job().lines == ()
    trial.do(RECEIVE, ANNA)
    assert texts(trial) == [SERVICE.text]


@pytest.mark.parametrize("before", [{"code": "SV40"}, {"text": SERVICE.text}])
def test_what_stands_on_the_order_already_is_not_added(before: dict[str, str]) -> None:
    add = replace(c.AddLine(job="j1"), **before)  # type: ignore[arg-type]
    trial = arrived(Appointment(codes=("SV40",))).do(add, ANNA).do(RECEIVE, ANNA)
    assert texts(trial) == [SERVICE.text]


def test_the_advisor_takes_off_what_is_not_wanted_after_all() -> None:
    trial = arrived(Appointment(codes=("SV40", "XX9"))).do(RECEIVE, ANNA)
    trial.do(c.WithdrawLine(job="j1", line="2"), ANNA)
    assert texts(trial) == [SERVICE.text]
    trial.do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA)
    assert texts(trial) == [SERVICE.text]


def test_an_appointment_that_says_nothing_and_a_cancelled_one_bring_no_lines() -> None:
    assert texts(arrived(Appointment()).do(RECEIVE, ANNA)) == []
    trial = arrived(Appointment(codes=("SV40",)))
    assert texts(trial.do(c.CancelJob(job="j1", reason="sold"), ANNA)) == []
