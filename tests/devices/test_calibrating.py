"""Two captured distances become thresholds, or a reason why they cannot."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.binding_tables import read_bindings
from devices.bindings import LEAST_GAP_MM
from devices.calibrating import Thresholds, Unfit, captured, suggested

EMPTY = [2600, 2605, 2598, 2601, 2599, 2602]
LOW_CAR = [1400, 1395, 1404, 1401, 1399]


def test_the_thresholds_lie_a_hand_from_what_was_measured() -> None:
    assert suggested(EMPTY, LOW_CAR) == Thresholds(20, 1500, 2501, 3000)


def test_one_echo_from_somewhere_else_does_not_count() -> None:
    once = captured([*LOW_CAR, 40])
    assert once is not None
    assert (once.count, once.spread_mm) == (6, 4.5)
    assert once.middle_mm == 1399.5


def test_where_there_is_little_room_both_share_it() -> None:
    found = suggested([1000] * 5, [800] * 5)
    assert found == Thresholds(20, 825, 975, 1300)


@pytest.mark.parametrize(
    ("empty", "car", "why"),
    [
        (EMPTY[:4], LOW_CAR, Unfit.few_empty),
        (EMPTY, [], Unfit.few_car),
        (EMPTY, [float("nan")] * 9, Unfit.few_car),
        ([2600, 2000, 2300, 2900, 2600], LOW_CAR, Unfit.noisy_empty),
        (EMPTY, [1400, 1000, 1200, 1400, 1800], Unfit.noisy_car),
        (LOW_CAR, EMPTY, Unfit.turned),
        ([1000] * 5, [900] * 5, Unfit.near),
        ([1000, 1060, 940, 1000, 1060], [600, 660, 540, 600, 660], Unfit.near),
    ],
)
def test_what_does_not_tell_them_apart_is_refused(
    empty: list[float], car: list[float], why: Unfit
) -> None:
    assert suggested(empty, car) is why


DISTANCES = st.lists(st.floats(-10, 9000) | st.just(float("nan")), max_size=12)


@settings(max_examples=200, deadline=None)
@given(DISTANCES, DISTANCES, st.floats(0, 9000), st.floats(0, 9000))
def test_what_is_suggested_can_be_written(
    empty: list[float], car: list[float], one: float, other: float
) -> None:
    for found in (suggested(empty, car), suggested([one] * 5, [other] * 5)):
        if isinstance(found, Unfit):
            continue
        assert found.leave_above_mm - found.enter_below_mm >= LEAST_GAP_MM
        lines = [f"{key} = {getattr(found, key)}" for key in Thresholds.__slots__]
        head = '[[sensor]]\ndevice = "native:x"\nchannel = "distance"\nbay = "b"\n'
        assert read_bindings(head + "\n".join(lines))[1] == ()
