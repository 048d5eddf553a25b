"""Without a broker the shop runs without sensors, says so, and every screen is live."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.running import RunningShop, until
from tests.e2e.watching import Visitor, Watcher

NOWHERE = """
import os
import devices.broker
devices.broker.SYSTEM_FOLDERS = ()
os.environ["PATH"] = "/nowhere"
"""


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[RunningShop]:
    """A shop on a machine where mosquitto is not installed."""
    shop = RunningShop(tmp_path, MQTT_URL="")
    shop.prelude = NOWHERE
    try:
        yield shop.start().set_up()
    finally:
        shop.kill()


def sensors(shop: RunningShop) -> str:
    """What /readyz says about sensors; empty when they are well."""
    status, body = shop.get("/readyz")
    assert status == 200
    return str(json.loads(body)["degraded"].get("sensors", ""))


def test_a_shop_without_mosquitto_runs_and_names_what_to_install(shop: RunningShop) -> None:
    said = until(lambda: "not installed" in sensors(shop) and sensors(shop))
    assert "install the package mosquitto" in said
    assert "MQTT_URL" in said
    board = Watcher(Visitor(shop).sign_in("mona"), "board").dial()
    job = shop.receive("京A12345")
    while f"job-{job}" not in board.regions:
        board.hear()


def test_a_broker_that_does_not_answer_is_named(tmp_path: Path) -> None:
    shop = RunningShop(tmp_path, MQTT_URL="mqtt://127.0.0.1:1")
    try:
        shop.start()
        until(lambda: sensors(shop) != "No sensors: not connected yet." and sensors(shop))
        assert "Traceback" not in shop.log.read_text()
    finally:
        shop.kill()
