"""Car and customer are filled in or corrected on an order that stands already."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.job import Car, Customer
from tests.board_page.dialogs import dialog
from tests.builders import ANNA, CARL, MONA, PLATES, TOM, Trial, received

ODD = "京AD1234"


def test_the_dialog_holds_what_is_known() -> None:
    """Falls over without `"describe"` in `displays/dialogs.py`."""
    html = dialog("describe", received(Trial()), ANNA, job="j1")
    for known in (PLATES[0], "E3", "white", "Lena Song", "13800134827"):
        assert f'value="{known}"' in html


@pytest.mark.parametrize(
    ("who", "offered"), [(ANNA, True), (CARL, True), (MONA, True), (TOM, False)]
)
def test_it_is_offered_to_those_who_may_describe(who: object, offered: bool) -> None:
    trial = received(Trial())
    assert ("dialog/describe" in dialog("job", trial, who, job="j1")) is offered  # type: ignore[arg-type]


def test_a_plate_kept_at_reception_does_not_hinder_what_is_filled_in_later() -> None:
    """Falls over without `known` in `car_fault` of `board/core/rules/receiving.py`."""
    trial = Trial()
    car = Car(plate=ODD)
    kept = c.ReceiveJob(job="j1", car=car, overrides=frozenset({"plate"}), reason="as on the car")
    trial.do(kept, ANNA)
    trial.do(c.DescribeJob(job="j1", car=replace(car, model="ID.4")), ANNA)
    assert trial.job().car.model == "ID.4"
    trial.when(c.DescribeJob(job="j1", car=Car(plate="京AD123")), ANNA).then_refused("plate_wrong")


@pytest.mark.parametrize("phone", ["abc", "1234", "see the card"])
def test_a_phone_number_without_digits_is_none(phone: str) -> None:
    trial = received(Trial())
    named = c.DescribeJob(job="j1", customer=Customer("Lena", phone))
    trial.when(named, ANNA).then_refused("phone_wrong")
    trial.do(c.DescribeJob(job="j1", customer=Customer("Lena", "010-6552 9988 转 12")), ANNA)
