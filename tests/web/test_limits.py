"""How often is too often, and whose count it is; the memory of it stays bounded."""

import pytest

from board.web.limits import KEYS_KEPT, Limits, RateLimit, address


def test_so_many_in_a_window_and_no_more() -> None:
    limit = RateLimit(3, 60)
    assert [limit.take("a", 100.0 + n) for n in range(4)] == [0, 0, 0, 57]
    assert limit.take("b", 103.0) == 0, "another key has its own count"
    assert limit.take("a", 160.0) == 0, "a new window"


def test_a_clock_set_back_locks_nobody_out() -> None:
    limit = RateLimit(1, 60)
    assert limit.take("a", 1_000_000.0) == 0
    assert limit.take("a", 5.0) == 0


def test_who_proved_himself_starts_anew() -> None:
    limit = RateLimit(1, 60)
    limit.take("a", 0.0)
    limit.forget("a")
    assert limit.take("a", 1.0) == 0


def test_a_million_strangers_do_not_fill_the_memory() -> None:
    limit = RateLimit(1, 60)
    for number in range(KEYS_KEPT * 3):
        limit.take(str(number), 0.0)
    assert len(limit._heard) == KEYS_KEPT


@pytest.mark.parametrize(
    ("client", "key"),
    [
        (("192.168.1.20", 5), "192.168.1.20"),
        (("2001:db8:1:2:aaaa::1", 5), "2001:db8:1:2::/64"),
        (("2001:db8:1:2:bbbb::9", 5), "2001:db8:1:2::/64"),
        (("somewhere", 5), "somewhere"),
        (None, "unknown"),
    ],
)
def test_an_address_is_a_host_or_a_network(client: object, key: str) -> None:
    assert address({"client": client}) == key


def test_a_path_may_take_larger_bodies() -> None:
    limits = Limits(larger={"/photos/": 5_000_000})
    assert limits.body_limit("/photos/1") == 5_000_000
    assert limits.body_limit("/do/receive_job") == 64 * 1024
