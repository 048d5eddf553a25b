"""One holder at a time, and every new holder has a greater fencing number."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from board.database import open_database
from board.lease import Lease

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=11)


@pytest.fixture
def lease(engine: Engine) -> Lease:
    """The timekeeper's lease in a fresh database."""
    return Lease(engine, "timekeeper")


def test_the_first_to_ask_gets_it_and_the_second_does_not(lease: Lease) -> None:
    assert lease.take("one", 10, NOW) == 1
    assert lease.take("two", 10, NOW) is None


def test_the_holder_renews_with_the_same_number(lease: Lease) -> None:
    assert lease.take("one", 10, NOW) == 1
    assert lease.take("one", 10, NOW + timedelta(seconds=9)) == 1
    assert lease.take("two", 10, LATER) is None


def test_a_lease_that_ran_out_goes_to_another_with_a_greater_number(lease: Lease) -> None:
    assert lease.take("one", 10, NOW) == 1
    assert lease.take("two", 10, LATER) == 2
    assert lease.take("one", 10, LATER) is None


def test_a_holder_that_was_late_gets_a_new_number(lease: Lease) -> None:
    assert lease.take("one", 10, NOW) == 1
    assert lease.take("one", 10, LATER) == 2


def test_a_released_lease_is_free_at_once(lease: Lease) -> None:
    assert lease.take("one", 10, NOW) == 1
    lease.release("one")
    assert lease.take("two", 10, NOW) == 2


def test_only_the_holder_can_release(lease: Lease) -> None:
    assert lease.take("one", 10, NOW) == 1
    lease.release("two")
    assert lease.take("two", 10, NOW) is None


def test_leases_of_other_names_are_others(engine: Engine, lease: Lease) -> None:
    assert lease.take("one", 10, NOW) == 1
    assert Lease(engine, "sensors").take("two", 10, NOW) == 1


def test_a_holder_needs_a_name(lease: Lease) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        lease.take("", 10, NOW)


def test_of_many_that_ask_at_once_one_gets_it(database_url: str) -> None:
    engines = [open_database(database_url) for _ in range(2)]

    def ask(number: int) -> int | None:
        return Lease(engines[number % 2], "timekeeper").take(f"holder-{number}", 10, NOW)

    with ThreadPoolExecutor(8) as threads:
        fences = list(threads.map(ask, range(16)))
    for engine in engines:
        engine.dispose()
    assert [fence for fence in fences if fence is not None] == [1]
