"""What is said of a typed plate or VIN: the place, the way out, the car that is here."""

from displays.dialog_receive import check_sheet
from tests.board_page.dialogs import RENDERER, ask
from tests.builders import ANNA, Trial, received


def told(field: str, value: str, trial: Trial | None = None) -> str:
    sheet = check_sheet(ask(trial or Trial(), ANNA, field=field, value=value))
    return RENDERER.fragment(sheet.template, "en", **sheet.context)


def test_a_letter_that_no_vin_has_is_named_with_its_place_and_a_way_out() -> None:
    html = told("vin", "LYHE3A2BOR4027165")
    assert "LYHE3A2B<mark>O</mark>R4027165" in html
    assert "Character 9 is the letter O" in html
    assert 'data-put="LYHE3A2B0R4027165"' in html
    assert 'data-keep="vin"' in html


def test_a_short_vin_says_how_many_are_missing() -> None:
    assert "here are 5" in told("vin", "LYHE3")


def test_a_new_energy_plate_is_recognised() -> None:
    html = told("plate", "京AD86302")
    assert "data-right" in html
    assert "New energy" in html
    assert "battery" in html


def test_an_ordinary_plate_is_simply_right() -> None:
    html = told("plate", "京N8K321")
    assert "data-right" in html
    assert "New energy" not in html


def test_a_car_that_is_in_the_shop_is_refused_with_its_number() -> None:
    html = told("plate", "京A·D12345", received(Trial(), plate="京AD12345"))
    assert "already in the shop (R2611-0001)" in html


def test_an_empty_field_says_nothing() -> None:
    assert told("plate", "") == told("vin", " ") == ""
