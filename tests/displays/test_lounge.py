"""The lounge shows a customer the way of the car, kindly and without anybody's secrets."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.job import Flag, Job
from displays.views.lounge import LoungeProjection
from displays.views.lounge_views import CarsView, CarView, Mask, ReadyView
from tests.builders import ANNA, INES, LEE, TOM, WILLY, Trial, ready, received, signed, working
from tests.displays.sample_shop import NOW, SAMPLE, ago
from tests.displays.walls import english, lounge_ready, lounge_rows


def _car(trial: Trial) -> CarView:
    [row] = lounge_rows(trial.shop, trial.now).values()
    return row


def _step(trial: Trial) -> tuple[int, str]:
    row = _car(trial)
    return row.step, row.word


def _promised(trial: Trial, **ahead: float) -> Trial:
    at = trial.now + timedelta(**ahead)
    return trial.do(c.PromiseJob(job="j1", at=at, reason="asked"), ANNA)


def test_the_five_steps_follow_the_car() -> None:
    trial = received(Trial())
    steps = [_step(trial)]
    trial.do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA)
    steps.append(_step(trial))
    trial.do(c.DispatchJob(job="j1", bay="1", technicians=("tom",)), ANNA)
    trial.do(c.StartLine(job="j1"), TOM)
    steps.append(_step(trial))
    trial.do(c.FinishLine(job="j1"), TOM).do(c.PassCheck(job="j1"), TOM)
    steps.append(_step(trial))
    trial.do(c.PassCheck(job="j1"), LEE).do(c.PassCheck(job="j1"), INES)
    steps.append(_step(trial))
    assert steps == [
        (0, "Receiving"),
        (1, "In line"),
        (2, "In repair"),
        (3, "Checking"),
        (4, "Finishing"),
    ]


def test_the_technicians_own_check_is_still_repair() -> None:
    trial = working(Trial()).do(c.FinishLine(job="j1"), TOM)
    assert _step(trial) == (2, "In repair")


def test_rework_does_not_send_the_car_back() -> None:
    trial = working(Trial()).do(c.FinishLine(job="j1"), TOM).do(c.PassCheck(job="j1"), TOM)
    trial.do(c.FailCheck(job="j1", defect="noise"), LEE)
    assert _step(trial) == (3, "Checking")
    trial.do(c.StartLine(job="j1"), TOM)
    assert _step(trial) == (3, "Checking")


def test_a_hold_is_nobodys_business() -> None:
    trial = working(Trial())
    before = _car(trial)
    trial.do(c.HoldJob(job="j1", hold=HoldReason.insurer), ANNA)
    assert _car(trial) == before


def test_a_promise_becomes_half_an_hour_in_round_tens() -> None:
    trial = _promised(working(Trial()), hours=2, minutes=3)
    span = _car(trial).span
    assert span is not None
    assert (span.start.clock, span.end.clock) == ("10:40", "11:10")


def test_a_promise_that_has_passed_is_an_advisors_call_and_never_late() -> None:
    trial = _promised(working(Trial()), minutes=30).later(minutes=30)
    row = _car(trial)
    assert (row.span, row.asked_back) == (None, True)


def test_without_a_promise_nothing_is_guessed() -> None:
    row = _car(working(Trial()))
    assert (row.span, row.asked_back) == (None, False)


def test_plates_are_masked_to_their_last_three() -> None:
    rows = lounge_rows(SAMPLE, NOW)
    assert rows["A19"].mask == Mask("沪B", "**", "321")
    assert rows["A18"].mask == Mask("京A", "***", "345")


@pytest.mark.parametrize(
    ("plate", "mask"),
    [
        ("新车", Mask("", "**", "")),
        ("345", Mask("", "**", "5")),
        ("京A1234", Mask("", "****", "34")),
        ("XYZ-TEST-1", Mask("", "******", "T1")),
        ("LSVAU2180N2183294", Mask("", "*" * 14, "294")),
        ("", Mask("", "***", "")),
    ],
)
def test_of_what_is_no_plate_at_most_a_third_is_shown(plate: str, mask: Mask) -> None:
    job = replace(SAMPLE.jobs["j1"], car=replace(SAMPLE.jobs["j1"].car, plate=plate))
    assert lounge_rows(SAMPLE.with_job(job), NOW)["A18"].mask == mask


def test_equal_tails_are_told_apart_on_all_rows_and_no_other_row_shows_colour_or_model() -> None:
    rows = lounge_rows(SAMPLE, NOW + timedelta(minutes=5))
    assert (rows["A26"].colour, rows["A26"].model) == ("黑色", "SUV")
    assert (rows["A17"].colour, rows["A17"].model) == ("白色", "轿车")
    alike = {ticket for ticket, row in rows.items() if row.alike}
    assert alike == {"A14", "A17", "A18", "A25", "A26"}, "京A·**345 and 京A·***345 are read alike"
    assert {(rows[key].colour, rows[key].model) for key in rows.keys() - alike} == {("", "")}


def test_the_foot_names_the_network_for_guests_only_where_the_shop_has_one() -> None:
    projection = LoungeProjection()
    assert "wifi" not in english().region("foot", projection.project(SAMPLE, NOW)["foot"], "en")
    named = replace(SAMPLE, settings=replace(SAMPLE.settings, wifi="Guest"))
    shown = english().region("foot", projection.project(named, NOW)["foot"], "en")
    assert "Guest" in shown, "it is there at once"


def test_who_does_not_want_to_be_seen_is_not_seen() -> None:
    trial = received(Trial())
    trial.do(c.FlagJob(job="j1", add=frozenset({Flag.lounge_opt_out})), ANNA)
    assert lounge_rows(trial.shop, trial.now) == {}


def test_bookings_and_cancelled_orders_are_not_seen() -> None:
    trial = received(Trial())
    trial.do(c.CancelJob(job="j1", reason="asked"), ANNA)
    assert lounge_rows(trial.shop, trial.now) == {}
    assert "" not in lounge_rows(SAMPLE, NOW)


def _ready_again(ticket: str, minutes: float, plate: str = "") -> Job:
    car = SAMPLE.jobs["j14"].car
    other = replace(SAMPLE.jobs["j14"], id=f"j-{ticket}", ticket=ticket, state_since=ago(minutes))
    return replace(other, car=replace(car, plate=plate or car.plate))


def test_a_car_is_called_for_five_minutes_the_newest_first() -> None:
    assert lounge_ready(SAMPLE.with_job(_ready_again("A13", 1)), NOW) == ("A13", "A17")
    assert not {"A13", "A17"} & lounge_rows(SAMPLE.with_job(_ready_again("A13", 1)), NOW).keys()


def test_a_fourth_ready_car_stays_in_the_rows() -> None:
    shop = SAMPLE
    for at, ticket in enumerate(("A11", "A12", "A13")):
        shop = shop.with_job(_ready_again(ticket, at))
    assert lounge_ready(shop, NOW) == ("A11", "A12", "A13")
    assert lounge_rows(shop, NOW)["A17"].word == "Collect"


def test_after_the_call_a_row_is_flagged_for_five_minutes_and_plain_until_it_is_fetched() -> None:
    trial = ready(Trial())
    ticket = trial.job().ticket
    projection = LoungeProjection()

    def seen() -> tuple[bool, list[tuple[bool, bool]]]:
        views = projection.project(trial.shop, trial.now)
        panel, order = views["ready"], views["order-cars"]
        assert isinstance(panel, ReadyView)
        assert isinstance(order, CarsView)
        rows = [view for key in order.ids if isinstance(view := views[key], CarView)]
        return bool(panel.cars), [(row.ready, row.flagged) for row in rows]

    assert seen() == (True, [])
    trial.later(minutes=4, seconds=59)
    assert seen() == (True, [])
    trial.later(seconds=1)
    assert seen() == (False, [(True, True)])
    trial.later(minutes=5)
    assert seen() == (False, [(True, False)])
    assert lounge_rows(trial.shop, trial.now)[ticket].span is None, "it is here: no time is told"


def test_a_car_that_is_handed_over_leaves_the_panel_at_once() -> None:
    trial = ready(Trial()).do(c.MoveJob(job="j1", to="delivered"), ANNA)
    assert lounge_ready(trial.shop, trial.now) == ()


def test_a_promise_put_off_is_a_new_range_and_an_advisors_call_for_an_hour() -> None:
    trial = _promised(working(Trial()), minutes=90)
    assert not _car(trial).asked_back
    _promised(trial, hours=4)
    row = _car(trial)
    assert (row.span is not None, row.asked_back) == (True, True)
    row = _car(trial.later(minutes=60))
    assert (row.span is not None, row.asked_back) == (True, False)


def test_an_earlier_promise_needs_nobodys_call() -> None:
    trial = _promised(_promised(working(Trial()), hours=4), hours=2)
    assert not _car(trial).asked_back


def test_another_day_is_told_by_its_name_and_next_week_by_its_date() -> None:
    soon, far = (_car(_promised(working(Trial()), days=days)).span for days in (1, 9))
    assert soon is not None
    assert far is not None
    assert (soon.weekday, far.weekday, far.start.date) == ("Sun", "", "11-30")


def test_a_delivered_car_leaves_ten_minutes_later() -> None:
    trial = ready(Trial())
    ticket = trial.job().ticket
    assert lounge_ready(trial.shop, trial.now) == (ticket,)
    trial.do(c.MoveJob(job="j1", to="delivered"), ANNA)
    assert _step(trial.later(minutes=9, seconds=59)) == (5, "Returned")
    assert lounge_rows(trial.later(seconds=1).shop, trial.now) == {}


def test_two_cars_with_one_ticket_number_keep_a_row_each() -> None:
    yesterday = replace(SAMPLE.jobs["j1"], id="j98", ticket="A19")
    order = LoungeProjection().project(SAMPLE.with_job(yesterday), NOW)["order-cars"]
    assert isinstance(order, CarsView)
    assert order.ids[:3] == ("car-A18", "car-A19", "car-A19-")


def test_washing_is_preparing() -> None:
    trial = working(Trial()).do(c.FinishLine(job="j1"), TOM)
    for who in (TOM, LEE, INES):
        trial.do(c.PassCheck(job="j1"), who)
    trial.do(c.MoveJob(job="j1", to="washing"), WILLY)
    assert _step(trial) == (4, "Finishing")


def test_waiting_for_dispatch_is_honest() -> None:
    assert _step(signed(Trial())) == (1, "In line")
