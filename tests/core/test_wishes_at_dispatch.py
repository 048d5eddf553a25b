"""What an appointment wished, and what the lines need, is there when the car is dispatched."""

from datetime import timedelta

from board.core import commands as c
from board.core.appointments import Appointment
from board.core.bays import BayKind
from board.core.job import Car
from board.core.roles import Role
from displays.dialog_asks import Ask
from displays.dialog_dispatch import BayChoice, TechnicianChoice, dispatch_sheet
from tests.builders import ANNA, CARL, MONA, PLATES, Trial, received, signed

WISHES = Appointment("squeaks in the wet", (), 1.5, "tina", BayKind.alignment)


def shop() -> Trial:
    """The test shop with a bay to align wheels in, and a skill of Tina's."""
    trial = Trial()
    trial.do(c.SetUpBay(bay=c.BayPlan(id="4", name="4", kind=BayKind.alignment)), MONA)
    tina = c.PersonPlan(id="tina", name="Tina", roles=(Role.technician,), skills=("brakes",))
    return trial.do(c.SetUpPerson(person=tina), MONA)


def booked(trial: Trial, wishes: Appointment = WISHES) -> Trial:
    """An order that came by appointment and waits for its dispatch."""
    at = trial.now + timedelta(hours=1)
    trial.do(c.BookJob(job="j1", car=Car(PLATES[0]), booked_for=at, appointment=wishes), ANNA)
    trial.do(c.ArriveJob(job="j1"), ANNA).do(c.MoveJob(job="j1", to="receiving"), ANNA)
    return trial.do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA)


def offered(trial: Trial, **given: str) -> tuple[list[BayChoice], list[TechnicianChoice]]:
    context = dispatch_sheet(Ask(trial.shop, CARL, trial.now, {"job": "j1", **given})).context
    bays, people = context["bays"], context["people"]
    assert isinstance(bays, list)
    assert isinstance(people, list)
    return bays, people


def chosen(trial: Trial, **given: str) -> tuple[list[str], list[str]]:
    bays, people = offered(trial, **given)
    return [one.id for one in bays if one.chosen], [one.id for one in people if one.chosen]


def test_the_words_of_the_appointment_are_what_the_customer_asks_for() -> None:
    """Falls over without `expected_words` in `board/core/rules/moving.py`."""
    assert booked(shop()).job().asked == WISHES.work


def test_words_given_when_booking_stay() -> None:
    trial = shop()
    at = trial.now + timedelta(hours=1)
    book = c.BookJob(
        job="j1", car=Car(PLATES[0]), booked_for=at, appointment=WISHES, asked="as told"
    )
    trial.do(book, ANNA).do(c.ArriveJob(job="j1"), ANNA)
    assert trial.do(c.MoveJob(job="j1", to="receiving"), ANNA).job().asked == "as told"


def test_wished_technician_and_kind_of_bay_are_chosen_already() -> None:
    """Falls over without `_lead` and `_ranked_bays` in `displays/dialog_dispatch.py`."""
    trial = booked(shop())
    assert chosen(trial) == (["4"], ["tina"])
    assert chosen(trial, bay="2") == (["2"], ["tina"])


def test_a_wished_technician_who_is_absent_is_told_and_not_chosen() -> None:
    trial = booked(shop())
    end = trial.now + timedelta(hours=8)
    trial.do(c.MarkAbsent(person="tina", start=trial.now, end=end), CARL)
    assert chosen(trial) == (["4"], [])
    assert [one.id for one in offered(trial)[1] if one.wished] == ["tina"]


def test_what_lines_need_is_offered_first() -> None:
    line = c.AddLine(job="j1", text="Pads", skill="brakes", bay_kind=BayKind.alignment)
    trial = received(shop()).do(line, ANNA)
    bays, people = offered(trial.do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA))
    assert (bays[0].id, people[0].id, people[0].skills) == ("4", "tina", ("brakes",))


def test_a_wash_bay_is_no_place_to_dispatch_work_to() -> None:
    assert "wash" not in [one.id for one in offered(signed(shop()))[0]]
