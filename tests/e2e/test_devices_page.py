"""The pages of the devices, before a real broker: live, redacted, and a message can be tried."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion
from playwright.sync_api import Browser, Page, expect

from tests.board_page.desks import board_of
from tests.e2e.running import RunningShop, running_shop, until
from tests.servers.mosquitto import Mosquitto, StartMosquitto

BINDINGS = "".join(
    f'[[sensor]]\nbay = "{bay}"\ndevice = "native:eye-{bay}"\nchannel = "occupancy"\n'
    f"enter_seconds = {2 * bay}\nexpected_interval_seconds = {seconds}\n"
    for bay, seconds in ((1, 600), (2, 1))
)
DEVICES = "shop/main/dev/"


@contextmanager
def devices(broker: Mosquitto) -> Iterator[Callable[[str, object], None]]:
    """Says what devices of our own say."""
    client = Client(CallbackAPIVersion.VERSION2, client_id="devices")
    client.connect(broker.host, broker.port)
    client.loop_start()

    def say(rest: str, told: object) -> None:
        text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
        client.publish(DEVICES + rest, text, qos=1).wait_for_publish(5)

    yield say
    client.disconnect()
    client.loop_stop()


@contextmanager
def listening_shop(folder: Path, broker: Mosquitto) -> Iterator[RunningShop]:
    """A shop that hears the broker, with two bays that have sensors and a mistake in the file."""
    (folder / "data").mkdir()
    with running_shop(folder, MQTT_URL=broker.url) as shop:
        (folder / "data" / "sensors.toml").write_text(BINDINGS + '[[sensor]]\nbay = "99"\n')
        until(lambda: b"line 13" in (told := shop.get("/readyz")[1]) and b"No sensors" not in told)
        yield shop


def test_the_list_and_a_devices_page_are_live_and_a_message_can_be_tried(
    start_mosquitto: StartMosquitto, tmp_path: Path, browser: Browser
) -> None:
    broker = start_mosquitto()
    with listening_shop(tmp_path, broker) as shop, devices(broker) as say:
        say("eye-2/st/occupancy", {"v": False, "n": 1})
        say("eye-1/st/occupancy", {"v": False, "n": 1})
        with board_of(browser, shop, "carl", start="/admin/devices") as carl:
            _the_list_is_live(carl, say)
            carl.get_by_role("link", name="native:eye-1").click()
            _the_page_tells_what_was_said(carl, say)
            _a_message_is_tried(carl, say)
            for unknown in ("native:nobody", "calibrate?device=native:nobody"):
                carl.goto(f"{shop.url}/admin/devices/{unknown}")
                expect(carl.locator("main")).to_contain_text("This device is not known")
                expect(carl.locator("main")).not_to_contain_text("order")
        with board_of(browser, shop, "anna") as anna:
            anna.goto(f"{shop.url}/admin/devices")
            assert anna.url == f"{shop.url}/board", "not everybody's"


def _the_list_is_live(carl: Page, say: Callable[[str, object], None]) -> None:
    """What is wrong stands first; what comes is there in seconds, and the focus stays."""
    places = carl.locator("#devices-bound .place")
    expect(places.first.locator(".screen-name")).to_have_text("Bay 2")
    expect(places.first.locator(".standing")).to_have_text("no news")
    expect(places.last.locator(".doing")).to_have_text("no car")
    expect(carl.locator("#devices-link")).to_contain_text("sensors.toml line 13")
    expect(carl.locator("#devices-link")).to_contain_text("Heard: our own scheme · Zigbee2MQTT.")
    _the_buttons_stand_clear_of_the_sentence_above(carl)
    carl.get_by_role("link", name="native:eye-1").focus()
    say("eye-1/st/occupancy", {"v": True, "n": 2})
    say("lane/st/distance", {"v": 540})
    expect(places.last.locator(".doing")).to_have_text("a car is there")
    expect(carl.get_by_role("link", name="native:eye-1")).to_be_focused()
    unbound = carl.locator("#devices-unbound [data-device='native:lane']")
    expect(unbound).to_contain_text("540 mm")
    expect(unbound).to_contain_text("profile native-sonar")


def _the_buttons_stand_clear_of_the_sentence_above(carl: Page) -> None:
    above = carl.locator("#devices-link p:not(.row-buttons)").last.bounding_box()
    below = carl.get_by_role("link", name="Find a device").bounding_box()
    assert above is not None
    assert below is not None
    assert below["y"] - above["y"] - above["height"] >= 8


def _the_page_tells_what_was_said(carl: Page, say: Callable[[str, object], None]) -> None:
    say("eye-1/st/occupancy", "{spliced")
    say("eye-1/st/occupancy", {"v": True, "n": 9, "seen": "京A12345", "password": "hush"})
    say("eye-1/st/battery", {"v": 14, "t": 100})
    messages = carl.locator("#device-messages tbody tr")
    expect(messages).to_have_count(5)
    expect(messages.nth(2)).to_contain_text("cannot be read")
    for secret in ("12345", "hush"):
        expect(carl.locator("#device-messages")).not_to_contain_text(secret)
    health = carl.locator("#device-health")
    expect(health).to_contain_text("change it soon")
    expect(health.locator("dt:text-is('Clock') + dd")).to_contain_text("not set: ")
    for word, count in (("Messages", "5"), ("Unreadable", "1"), ("Missing", "6")):
        expect(health.locator(f"dt:text-is('{word}') + dd")).to_have_text(count)
    expect(carl.locator("#device-place")).to_contain_text(
        "native:eye-1 (presence: something there) says so"
    )


def _a_message_is_tried(carl: Page, say: Callable[[str, object], None]) -> None:
    """What was typed stays while the page goes on; nothing follows from it."""
    carl.get_by_role("button", name="Try the message of").last.click()
    text = carl.get_by_label("Text of the message")
    expect(text).to_be_focused()
    expect(text).to_have_value('{"v": false, "n": 1}')
    say("eye-1/st/occupancy", {"v": True, "n": 10})
    expect(carl.locator("#device-messages tbody tr")).to_have_count(6)
    expect(text).to_have_value('{"v": false, "n": 1}')
    carl.get_by_role("button", name="What would it mean?").click()
    answer = carl.locator(".try-answer")
    expect(answer).to_contain_text("nothing there")
    expect(answer).to_contain_text("Bay 1:")
    expect(answer).to_contain_text("a car is there becomes no car if it says so for 21 s")
    expect(carl.locator("#device-place")).to_contain_text("a car is there")
    text.fill("{spliced")
    carl.get_by_role("button", name="What would it mean?").click()
    expect(answer).to_contain_text("cannot be read: not JSON")
    text.fill("a\0b")
    carl.get_by_role("button", name="What would it mean?").click()
    expect(answer).to_contain_text("holds a sign that is no text")
