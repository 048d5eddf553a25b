"""A sonar is found, bound in shadow, measured and made to count, on pages alone: then its bay's
card shows the car. Messages go through a real broker.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion
from playwright.sync_api import Browser, Page, expect

from tests.e2e.running import RunningShop, running_shop, until
from tests.e2e.screens import Screens
from tests.servers.mosquitto import Mosquitto, StartMosquitto

HERE = "shop/main/dev/"
Say = Callable[..., None]


@contextmanager
def speaking(broker: Mosquitto) -> Iterator[Say]:
    """Says something as a device of our own scheme."""
    client = Client(CallbackAPIVersion.VERSION2, client_id="devices")
    client.connect(broker.host, broker.port)
    client.loop_start()

    def say(device: str, what: str, **told: object) -> None:
        payload = json.dumps(told)
        client.publish(f"{HERE}{device}/{what}", payload, qos=1).wait_for_publish(5)

    yield say
    client.disconnect()
    client.loop_stop()


@pytest.fixture
def shop(start_mosquitto: StartMosquitto, tmp_path: Path) -> Iterator[tuple[RunningShop, Say]]:
    broker = start_mosquitto()
    with running_shop(tmp_path, MQTT_URL=broker.url) as running, speaking(broker) as say:
        until(lambda: "sensors" not in json.loads(running.get("/readyz")[1]).get("degraded", {}))
        yield running, say


def measure(page: Page, say: Say, millimetres: int, capture: str) -> None:
    """Begin to measure, let the sonar say so five times, and take that."""
    page.get_by_role("button", name="Begin to measure").click()
    page.wait_for_url("**since=**")
    for number in range(5):
        say("eye", "st/distance", v=millimetres + number)
    page.get_by_role("button", name=capture).click()


def find(page: Page, say: Say) -> None:
    """Listen, make the device react, and go on to where it is bound."""
    page.get_by_role("link", name="Find a device").click()
    page.get_by_role("button", name="Listen for 1 minute").click()
    expect(page.locator("#listen-rows")).to_contain_text("Nothing yet")
    say("other", "st/distance", v=2610)
    say("eye", "st/distance", v=400)
    first = page.locator(".reacted > li").first
    expect(first).to_contain_text("distance: 2600 mm → 400 mm")
    assert page.locator(".reacted > li").count() == 1, "wavering is no reaction"
    first.get_by_role("link", name="Bind…").click()


def bind(page: Page, bay: str) -> None:
    """To a bay, in shadow; without a bay one is told so at the field."""
    page.get_by_role("button", name="Bind", exact=True).click()
    expect(page.locator('[data-field="place"] .said')).to_have_text("Choose where it hangs.")
    expect(page.locator("#f-place")).to_be_focused()
    page.select_option("#f-place", label=bay)
    page.get_by_role("button", name="Bind", exact=True).click()
    expect(page.locator("[data-table]")).to_contain_text("in shadow")


def calibrate(page: Page, say: Say) -> None:
    """Measure the empty bay and a car, and take the thresholds; one that is too near is refused."""
    page.get_by_role("link", name="Measure…").click()
    measure(page, say, 2600, "This is the empty bay")
    measure(page, say, 1400, "This is the car")
    expect(page.locator("#f-enter_below_mm")).to_have_value("1502")
    page.fill("#f-leave_above_mm", "1550")
    page.get_by_role("button", name="Use these").click()
    expect(page.locator('[data-field="leave_above_mm"] .said')).to_contain_text("150 mm apart")
    page.fill("#f-leave_above_mm", "2500")
    page.get_by_role("button", name="Use these").click()
    expect(page.locator("[data-table]")).to_contain_text("nearer than 1502 mm")


def test_a_sonar_is_found_bound_measured_and_counts(
    browser: Browser, shop: tuple[RunningShop, Say]
) -> None:
    running, say = shop
    for device in ("eye", "other"):
        say(device, "st/distance", v=2600)
    screens = Screens(browser, running)
    page = screens.person("Mona", "/board")
    page.goto(f"{running.url}/admin/devices")
    find(page, say)
    bind(page, "4")
    calibrate(page, say)

    def would_be_seen() -> bool:
        say("eye", "st/distance", v=1400)
        page.wait_for_timeout(300)
        return page.locator("[data-would]").filter(has_text="a car is there").count() == 1

    until(would_be_seen)
    board = screens.person("Carl", "/board")
    expect(board.locator("#bay-4")).to_be_visible()
    expect(board.locator(".board")).not_to_contain_text("A car in bay 4?")
    page.get_by_role("button", name="Let it count").click()
    expect(page.locator("[data-table] .counts")).to_have_text("counts")
    expect(board.locator(".board")).to_contain_text("A car in bay 4?")
    screens.close()
    assert screens.faults == []
