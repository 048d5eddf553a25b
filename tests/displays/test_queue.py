"""The screen at reception: whose turn it is, how many come before, and about how long."""

from board.core import commands as c
from board.core.job import Flag
from displays.views.lounge_views import Mask
from displays.views.queue import QueueProjection
from displays.views.queue_views import QueueCallView, QueueFootView, QueueRowsView, QueueRowView
from displays.views.reception_line import Wait
from tests.builders import ANNA, PLATES, Trial, receive
from tests.displays.walls import lounge_rows


def _waiting(count: int = 3) -> Trial:
    trial = Trial()
    for number in range(count):
        trial.do(receive(f"j{number + 1}", PLATES[number], checked_in=False), ANNA)
        trial.later(minutes=1)
    return trial


def _rows(trial: Trial) -> dict[str, Wait | None]:
    views = QueueProjection().project(trial.shop, trial.now)
    order = views["order-tickets"]
    assert isinstance(order, QueueRowsView)
    rows = [view for key in order.ids if isinstance(view := views[key], QueueRowView)]
    return {row.ticket: row.wait for row in rows}


def _called(trial: Trial) -> list[str]:
    call = QueueProjection().project(trial.shop, trial.now)["call"]
    assert isinstance(call, QueueCallView)
    return [row.ticket for row in call.rows]


def test_everybody_sees_how_many_come_before_and_about_how_long() -> None:
    rows = _rows(_waiting())
    assert rows == {"A01": Wait(0, 0), "A02": Wait(1, 10), "A03": Wait(2, 20)}


def test_a_car_is_shown_by_ticket_and_mask() -> None:
    trial = _waiting(1)
    row = QueueProjection().project(trial.shop, trial.now)["ticket-A01"]
    assert row == QueueRowView("A01", Mask("京A", "***", "345"), Wait(0, 0))


def test_called_tickets_stand_on_the_panel_the_newest_first() -> None:
    trial = _waiting().do(c.CallNext(), ANNA).later(seconds=5).do(c.CallNext(), ANNA)
    assert _called(trial) == ["A02", "A01"]
    assert _rows(trial) == {"A03": Wait(2, 20)}
    trial.do(c.MoveJob(job="j1", to="receiving"), ANNA)
    assert (_called(trial), _rows(trial)) == (["A02"], {"A03": Wait(1, 10)})


def test_two_desks_halve_the_wait() -> None:
    trial = _waiting(4)
    for job in ("j1", "j2"):
        trial.do(c.MoveJob(job=job, to="receiving"), ANNA)
    assert _rows(trial) == {"A03": Wait(0, 0), "A04": Wait(1, 5)}


def test_receptions_of_today_teach_how_long_one_takes() -> None:
    trial = _waiting(5)
    for number in (1, 2, 3):
        trial.do(c.MoveJob(job=f"j{number}", to="receiving"), ANNA).later(minutes=25)
        trial.do(c.MoveJob(job=f"j{number}", to="awaiting_dispatch"), ANNA)
    assert _rows(trial) == {"A04": Wait(0, 0), "A05": Wait(1, 25)}


def test_who_did_not_come_is_told_to_ask() -> None:
    trial = _waiting().do(c.CallNext(), ANNA).do(c.PassTicket(job="j1"), ANNA)
    assert _rows(trial) == {"A02": Wait(0, 0), "A03": Wait(1, 10), "A01": None}
    assert list(_rows(trial)) == ["A02", "A03", "A01"]


def test_who_does_not_want_to_be_shown_is_not_but_counts() -> None:
    trial = _waiting().do(c.FlagJob(job="j1", add=frozenset({Flag.lounge_opt_out})), ANNA)
    assert _rows(trial) == {"A02": Wait(1, 10), "A03": Wait(2, 20)}
    trial.do(c.CallTicket(job="j1"), ANNA)
    assert _called(trial) == []


def test_the_foot_counts_who_waits_to_be_called() -> None:
    trial = _waiting().do(c.CallNext(), ANNA)
    foot = QueueProjection().project(trial.shop, trial.now)["foot"]
    assert foot == QueueFootView("Test Motors", 2)


def test_nothing_is_made_anew_while_cars_move_elsewhere() -> None:
    trial = _waiting()
    projection = QueueProjection()
    before = projection.project(trial.shop, trial.now)
    trial.do(c.FlagJob(job="j2", add=frozenset({Flag.vip})), ANNA)
    assert projection.project(trial.shop, trial.now) is before


def test_the_lounge_shows_the_place_until_reception_begins() -> None:
    trial = _waiting()
    waits = {ticket: row.wait for ticket, row in lounge_rows(trial.shop, trial.now).items()}
    assert waits == {"A01": Wait(0, 0), "A02": Wait(1, 10), "A03": Wait(2, 20)}
    trial.do(c.MoveJob(job="j1", to="receiving"), ANNA)
    waits = {ticket: row.wait for ticket, row in lounge_rows(trial.shop, trial.now).items()}
    assert waits == {"A01": None, "A02": Wait(0, 0), "A03": Wait(1, 10)}
