"""Licence plates and VINs: real ones pass, slips are named, foreign ones may be overridden."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from board.core import commands as c
from board.core.job import Car, Flag
from board.core.plates import (
    Fault,
    masked_tail,
    new_energy,
    normal_plate,
    plate_fault,
    split_plate,
    vin_fault,
)
from tests.builders import ANNA, Trial, receive

PLAIN = ["京A12345", "沪B8K321", "浙A7Q5W2", "京N3V8K6", "川A88888", "琼B00001", "新A1Z2Y3"]
SPECIAL = [
    "粤B1234挂",
    "京A1234学",
    "京A0006警",
    "粤Z1234港",
    "粤ZF023澳",
    "沪A0023领",
    "京A0147使",
]
SMALL_BATTERY = ["京AD12345", "沪ADF1234", "粤BA00001", "浙AB12345", "苏EC66021", "京AE12345"]
SMALL_OTHER = ["粤BF09876", "沪AG12345", "浙AH12345", "京AJ12345", "苏AK12345"]
LARGE_BATTERY = ["京A12345D", "沪B54321A", "粤B00001B", "浙A12345C", "苏A12345E"]
LARGE_OTHER = ["京A12345F", "沪B54321G", "粤B00001H", "浙A12345J", "苏A12345K"]
VIN = "LSVAU2180N2183294"


@pytest.mark.parametrize(
    "plate", PLAIN + SPECIAL + SMALL_BATTERY + SMALL_OTHER + LARGE_BATTERY + LARGE_OTHER
)
def test_real_plates_are_right(plate: str) -> None:
    assert plate_fault(plate) is None


@pytest.mark.parametrize(
    "typed", ["京a·12345", "  京A 12345 ", "京A-12345", "京A•12345", "京A.12345"]
)
def test_blanks_dots_and_case_do_not_matter(typed: str) -> None:
    assert normal_plate(typed) == "京A12345"
    assert plate_fault(typed) is None


@pytest.mark.parametrize(
    "typed", ["京Ａ１２３４５", "京ａ１２３４５", "京Ａ．１２３４５", "京　A－12345"]
)
def test_wide_letters_and_digits_of_a_chinese_keyboard_are_the_usual_ones(typed: str) -> None:
    """Falls over without `unicodedata.normalize("NFKC", text)` in `board/core/plates.py`."""
    assert normal_plate(typed) == "京A12345"
    assert plate_fault(typed) is None


def test_digits_of_other_scripts_make_no_new_energy_plate() -> None:
    """Falls over without `text.isascii() and text.isdigit()` in `board/core/plates.py`."""
    assert new_energy("京AD1234٥") == new_energy("京A1234٥D") == ""


@pytest.mark.parametrize(
    ("plate", "kind"),
    [(plate, "battery") for plate in SMALL_BATTERY + LARGE_BATTERY]
    + [(plate, "other") for plate in SMALL_OTHER + LARGE_OTHER]
    + [(plate, "") for plate in PLAIN + SPECIAL],
)
def test_new_energy_is_read_from_the_plate(plate: str, kind: str) -> None:
    assert new_energy(plate) == kind


@pytest.mark.parametrize(
    ("plate", "fault"),
    [
        ("", Fault("plate_empty")),
        (" · ", Fault("plate_empty")),
        ("A12345", Fault("plate_province", 1, "A")),
        ("龙A12345", Fault("plate_province", 1, "龙")),
        ("京", Fault("plate_short")),
        ("京112345", Fault("plate_letter", 2, "1")),
        ("京O12345", Fault("plate_letter", 2, "O")),
        ("京A1234", Fault("plate_length", 0, "6")),
        ("京A1234567", Fault("plate_length", 0, "9")),
        ("京A1234O", Fault("plate_letter", 7, "O", "京A12340")),
        ("京AI2345", Fault("plate_letter", 3, "I", "京A12345")),
        ("京A1挂345", Fault("plate_letter", 4, "挂")),
        ("京A12345挂", Fault("plate_new_energy")),
        ("京A1234٥", Fault("plate_letter", 7, "٥")),
        ("京A123456", Fault("plate_new_energy")),
        ("京AL12345", Fault("plate_new_energy")),
        ("京AD1234F", Fault("plate_new_energy")),
    ],
)
def test_a_slip_is_named_with_its_place_and_what_is_likely_meant(plate: str, fault: Fault) -> None:
    assert plate_fault(plate) == fault


def test_a_vin_has_seventeen_signs_without_i_o_and_q() -> None:
    assert vin_fault(VIN) is None
    assert vin_fault(VIN.lower()) is None
    assert vin_fault(f" {VIN[:9]} {VIN[9:]} ") is None
    assert vin_fault(VIN[:-1]) == Fault("vin_length", 0, "16")
    assert vin_fault("") == Fault("vin_length", 0, "0")


@pytest.mark.parametrize(("typed", "meant"), [("I", "1"), ("O", "0"), ("Q", "0"), ("q", "0")])
def test_i_o_and_q_in_a_vin_are_likely_digits(typed: str, meant: str) -> None:
    wrong = VIN[:4] + typed + VIN[5:]
    mended = VIN[:4] + meant + VIN[5:]
    assert vin_fault(wrong) == Fault("vin_letter", 5, typed.upper(), mended)


def test_other_signs_in_a_vin_are_named() -> None:
    assert vin_fault(VIN[:16] + "车") == Fault("vin_sign", 17, "车")
    assert vin_fault(VIN[:3] + "-" + VIN[4:]) == Fault("vin_sign", 4, "-")


@pytest.mark.parametrize(
    ("plate", "shown"),
    [
        ("京A12345", "京A·**345"),
        ("京AD12345", "京A·***345"),
        ("粤B1234挂", "粤B·**34挂"),
        ("B-AB 1234", "*****34"),
        ("1234", "***4"),
        ("AB", "**"),
        ("7", "*"),
    ],
)
def test_the_lounge_sees_the_tail_only(plate: str, shown: str) -> None:
    assert masked_tail(plate) == shown


@given(st.text(st.sampled_from("京沪新车AB12 ·-") | st.characters(), max_size=20))
def test_of_what_is_no_plate_never_more_than_a_third_is_told(text: str) -> None:
    assume(plate_fault(text) is not None and "*" not in normal_plate(text))
    plate, masked = normal_plate(text), masked_tail(text)
    kept = sum(one == other for one, other in zip(plate, masked, strict=True) if other != "*")
    assert kept <= min(3, len(plate) / 3)
    assert set(masked[: len(plate) - kept]) <= {"*"}


def test_a_plate_splits_into_region_and_tail() -> None:
    assert split_plate("京a·d12345") == ("京A", "D12345")
    assert split_plate("B-AB 1234") == ("", "BAB1234")


def test_a_wrong_plate_is_refused_with_its_field() -> None:
    trial = Trial().when(receive(plate="京A1234O"), ANNA).then_refused("plate_wrong")
    assert trial.refused is not None
    assert trial.refused.fields == ("car.plate",)
    assert trial.refused.params["suggestion"] == "京A12340"


def test_a_wrong_vin_is_refused_with_its_field() -> None:
    car = Car(plate="京A12345", vin="SHORT")
    trial = Trial().when(c.ReceiveJob(job="j1", car=car), ANNA).then_refused("vin_wrong")
    assert trial.refused is not None
    assert trial.refused.fields == ("car.vin",)


def test_a_foreign_plate_is_kept_with_an_override_and_a_reason() -> None:
    overrides = frozenset({"plate", "vin"})
    car = Car(plate="b-ab 1234", vin="12345")
    command = c.ReceiveJob(job="j1", car=car, overrides=overrides)
    Trial().when(command, ANNA).then_refused("reason_needed")
    told = c.ReceiveJob(job="j1", car=car, overrides=overrides, reason="a German guest")
    assert Trial().do(told, ANNA).job().car.plate == "BAB1234"


@pytest.mark.parametrize("plate", ["", "  ", "·-·"])
def test_no_override_replaces_a_plate(plate: str) -> None:
    command = receive(plate=plate, overrides=frozenset({"plate"}), reason="none")
    Trial().when(command, ANNA).then_refused("plate_wrong")


def test_a_new_energy_plate_marks_the_job() -> None:
    assert Flag.new_energy in Trial().do(receive(plate="京AD12345"), ANNA).job().flags
    assert Flag.new_energy not in Trial().do(receive(plate="京A12345"), ANNA).job().flags
