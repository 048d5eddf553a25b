"""Tries of codes are counted where every process sees them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine

from board.accounts_tries import Tries, TryLimit
from board.database import open_database

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FIVE = TryLimit(5, 300)
KEY = "gate person:wang"


def at(moment: datetime) -> Callable[[], datetime]:
    """A clock that stands."""
    return lambda: moment


def test_another_process_counts_the_same_tries(engine: Engine, database_url: str) -> None:
    """Falls over when tries are kept in a process, as `RateLimit` keeps them."""
    other = open_database(database_url)
    processes = [Tries(each, at(NOW)) for each in (engine, other)]
    waits = [processes[n % 2].take("main", {KEY: FIVE}) for n in range(7)]
    other.dispose()
    assert waits == [0, 0, 0, 0, 0, 301, 301]


def test_tries_side_by_side_count_like_tries_in_turn(engine: Engine) -> None:
    """Falls over without `in_turn` in `board/accounts_tries.py`."""
    together = Barrier(8)

    def clock() -> datetime:
        together.wait(30)
        return NOW

    tries = Tries(engine, clock)

    def ask(_: int) -> int:
        # The first time opens the connections, so that the second is begun by all at once.
        tries.take("main", {"gate everybody": TryLimit(100, 300)})
        return tries.take("main", {KEY: FIVE})

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))).count(0) == 5


def test_a_window_moves_on_and_nobody_else_waits(engine: Engine) -> None:
    for second in range(5):
        assert Tries(engine, at(NOW + timedelta(seconds=second))).take("main", {KEY: FIVE}) == 0
    soon, later = (Tries(engine, at(NOW + timedelta(seconds=n))) for n in (10, 300))
    assert soon.take("main", {KEY: FIVE}) == 291
    assert soon.take("main", {"gate person:li": FIVE}) == 0
    assert soon.take("other", {KEY: FIVE}) == 0
    assert later.take("main", {KEY: FIVE}) == 0
    assert later.take("main", {KEY: FIVE}) > 0


def test_a_try_that_one_of_its_keys_refuses_counts_for_none(engine: Engine) -> None:
    tries, few = Tries(engine, at(NOW)), TryLimit(1, 900)
    assert tries.take("main", {"phone j1:0": FIVE, "phones 10.0.0.1": few}) == 0
    assert [tries.take("main", {"phone j2:0": few, "phones 10.0.0.1": few}) > 0] == [True]
    assert tries.take("main", {"phone j2:0": few}) == 0


def test_who_was_right_is_counted_anew(engine: Engine) -> None:
    tries = Tries(engine, at(NOW))
    for _ in range(3):
        assert [tries.take("main", {KEY: FIVE}) for _ in range(5)] == [0] * 5
        tries.forget("main", [KEY])


def test_no_window_is_longer_than_tries_are_kept() -> None:
    with pytest.raises(ValueError, match="900"):
        TryLimit(5, 901)
