"""What a soak calls flat."""

from bench.soak import SHOWN, WARM_ROUNDS, judged, tenths
from bench.windows import Weight

LIGHT = [Weight(1000, 2e6)] * WARM_ROUNDS


def test_each_tenth_is_the_median_of_its_weighings() -> None:
    assert tenths([1, 9, 2] * 10) == [2] * 10
    assert tenths(list(range(25))) == [0.5, 3, 6, 8.5, 10.5, 13, 16, 18.5, 20.5, 23]


def test_a_page_that_grows_or_shrinks_is_not_flat() -> None:
    flat = [Weight(1000 + n % 3, 2e6) for n in range(40)]
    grown = [Weight(1000 + 2 * n, 2e6) for n in range(40)]
    shrunk = [Weight(1000, 2e6 - 5000 * n) for n in range(40)]
    met = [
        [row.met for row in judged("board", "2 h", LIGHT + kept)] for kept in (flat, grown, shrunk)
    ]
    assert met == [[True, True], [True, False], [False, True]]


def test_a_page_that_grew_once_in_the_middle_and_came_back_is_not_flat() -> None:
    humped = [Weight(1000 if n < 16 or n > 24 else 1100, 2e6) for n in range(40)]
    assert [row.met for row in judged(SHOWN[0], "2 h", LIGHT + humped)] == [True, False]
