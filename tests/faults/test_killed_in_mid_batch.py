"""A server that is killed while presses, badges and plates come, and one in a storm of levels: rows
of docs/sensor-faults.md. `bench/kill_sensors.py` kills fifty times.
"""

import os
import time
from collections.abc import Iterator

import pytest

from bench.kill_sensors import Bays, bays
from tests.e2e.running import until
from tests.servers.fair_clock import fair_seconds

TRIES = 2
A_SECOND = 5_000
STORM_SECONDS = 3.0
DEVICES = 40


@pytest.fixture(scope="module")
def shop() -> Iterator[Bays]:
    """A shop with buttons, readers and a camera at a broker of its own."""
    cores = os.sched_getaffinity(0)
    try:
        with bays() as made:
            yield made
    finally:
        os.sched_setaffinity(0, cores)


def test_nothing_is_lost_or_done_twice_when_the_server_is_killed(shop: Bays) -> None:
    """Falls over when a message is acknowledged before the journal has what follows from it."""
    for _ in range(TRIES):
        shop.one_try()
    assert not shop.lost.total(), shop.lost
    assert not shop.twice.total(), shop.twice


def test_a_storm_of_levels_loses_no_press_and_keeps_nobody_waiting(shop: Bays) -> None:
    waits = list[float]()
    began, said, next_at = time.monotonic(), 0, 0.5
    shop.say()
    while (now := time.monotonic() - began) < STORM_SECONDS:
        while said < now * A_SECOND:
            said += 1
            topic = f"shop/main/dev/sonar-{said % DEVICES}/st/distance"
            shop.device.publish(topic, f'{{"v":{900 + said % 7},"n":{said}}}', 0)
        if now > next_at:
            next_at += 0.5
            asked = fair_seconds()
            shop.shop.do("book_job", car={"plate": f"京C{10_000 + said}"}, booked_for=shop.soon())
            waits.append(fair_seconds() - asked)
        time.sleep(0.002)
    assert max(waits) < 2
    until(lambda: not (shop.said - shop.came()))
    assert said > STORM_SECONDS * A_SECOND / 2, "it was a storm"
    metrics = shop.shop.get("/metrics")[1].decode().splitlines()
    figures = dict(line.rsplit(" ", 1) for line in metrics if line.startswith("baylight_mqtt"))
    assert float(figures["baylight_mqtt_lag_seconds"]) < 1
    assert float(figures["baylight_mqtt_dropped"]) == 0
