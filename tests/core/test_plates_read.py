"""What a camera read is compared with the plates that are awaited, sign by sign and by likeness."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.core.plate_match import Likeness, Named, likeness, named_by
from tests.core.plates_of_china import PLATES, misread

SAME, ALIKE, NONE = Likeness.same, Likeness.alike, Likeness.none


@pytest.mark.parametrize(
    ("read", "plate", "how"),
    [
        ("京a·D12345", "京AD12345", SAME),
        ("京A D1234S", "京AD12345", ALIKE),
        ("京ADI2345", "京AD12345", SAME),
        ("京AO2345", "京A02345", SAME),
        ("京A8123Z", "京AB1232", ALIKE),
        ("AD12345", "京AD12345", ALIKE),
        ("沪AD12345", "京AD12345", NONE),
        ("京AD12346", "京AD12345", NONE),
        ("京AD1234", "京AD12345", NONE),
        ("12345", "京A12345", NONE),
        ("WA 123-45", "WA12345", SAME),
        ("", "京AD12345", NONE),
        ("京AD12345", "", NONE),
    ],
)
def test_a_read_names_a_plate_or_may_mean_it(read: str, plate: str, how: Likeness) -> None:
    assert likeness(read, plate) == how


@settings(max_examples=60, deadline=None)
@given(PLATES, st.data())
def test_a_plate_misread_in_signs_that_look_alike_still_means_its_car(
    plate: str, data: st.DataObject
) -> None:
    read = data.draw(misread(plate))
    assert likeness(read, plate) != NONE
    assert likeness(plate, plate) == SAME


def test_of_two_plates_that_a_read_may_mean_neither_is_named() -> None:
    awaited = {"京A81234", "京AB1234"}
    assert named_by("京A81234", (), awaited, awaited) == Named("京A81234", SAME)
    assert named_by("京AB1Z34", (), awaited, awaited) is None


def test_the_very_plate_of_another_car_means_no_awaited_one() -> None:
    assert named_by("京AB1234", (), {"京A81234"}, {"京A81234", "京AB1234"}) is None
    assert named_by("京AB1234", (), {"京A81234"}, {"京A81234"}) == Named("京A81234", ALIKE)


def test_another_reading_of_the_camera_is_worth_a_question() -> None:
    others = ("京AD12346", "京AD12345")
    assert named_by("京AD12344", others, {"京AD12345"}, set()) == Named("京AD12345", ALIKE)
    both = {"京AD12345", "京AD12346"}
    assert named_by("京AD12344", others, both, both) is None
