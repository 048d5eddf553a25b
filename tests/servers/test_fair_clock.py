"""The clock of promises does not go back, and not faster than the real one."""

import time

from tests.servers.fair_clock import fair_seconds

BETWEEN_TWO_LOOKS = 0.05


def test_it_goes_on_as_fast_as_time_at_most() -> None:
    real, fair = time.monotonic(), [fair_seconds()]
    while time.monotonic() < real + 0.3:
        fair.append(fair_seconds())
    assert fair == sorted(fair)
    assert fair[-1] - fair[0] < time.monotonic() - real + BETWEEN_TWO_LOOKS
