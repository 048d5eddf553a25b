"""What a soak calls flat."""

from bench.soak import SHOWN, judged, tenths
from bench.windows import Weight


def test_each_tenth_counts_by_its_least_weighing() -> None:
    assert tenths([7, 9, 2] * 10) == [2] * 10
    assert tenths(list(range(25))) == [0, 2, 5, 8, 10, 12, 15, 18, 20, 22]


def test_a_page_that_grows_or_shrinks_is_not_flat() -> None:
    flat = [Weight(1000 + n % 3, 2e6) for n in range(40)]
    grown = [Weight(1000 + 2 * n, 2e6) for n in range(40)]
    shrunk = [Weight(1000, 2e6 - 5000 * n) for n in range(40)]
    met = [[row.met for row in judged("board", "2 h", kept)] for kept in (flat, grown, shrunk)]
    assert met == [[True, True], [True, False], [False, True]]


def test_a_page_that_grew_once_in_the_middle_and_came_back_is_not_flat() -> None:
    humped = [Weight(1000 if n < 16 or n > 24 else 1100, 2e6) for n in range(40)]
    assert [row.met for row in judged(SHOWN[0], "2 h", humped)] == [True, False]
