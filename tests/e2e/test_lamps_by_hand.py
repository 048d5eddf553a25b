"""A lamp that says nothing by itself is bound, tried and taken off, on pages alone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion
from playwright.sync_api import Browser, Page, expect

from tests.e2e.running import running_shop, until
from tests.e2e.screens import Screens
from tests.servers.mosquitto import Mosquitto, StartMosquitto

POST = "shop/main/dev/post"


@contextmanager
def lamp(broker: Mosquitto) -> Iterator[list[dict[str, object]]]:
    """A lamp of our own scheme, which confirms; all that it was told."""
    told: list[dict[str, object]] = []
    client = Client(CallbackAPIVersion.VERSION2, client_id="post")

    def obey(_client: object, _user: object, said: object) -> None:
        command = json.loads(getattr(said, "payload", b"{}"))
        told.append(command["set"])
        client.publish(f"{POST}/ack/{command['id']}", b"{}", 1)

    client.on_message = obey
    client.connect(broker.host, broker.port)
    client.subscribe(f"{POST}/cmd/#", 1)
    client.loop_start()
    yield told
    client.disconnect()
    client.loop_stop()


def find(page: Page) -> None:
    """By its name, since it never speaks."""
    page.get_by_text("A lamp or announcer that says nothing by itself…").click()
    page.get_by_label("What it is").select_option("native")
    page.get_by_label("Its name").fill("post")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("h1")).to_have_text("native:post")


def bind(page: Page) -> None:
    """Only what an output can do is asked; without a place one is told so at the field."""
    output = page.locator("#f-output")
    output.select_option("voice speech")
    expect(page.get_by_text("It speaks of", exact=True)).to_be_visible()
    expect(page.get_by_text("It is on at")).to_be_hidden()
    output.select_option("lamp lamp")
    expect(page.get_by_text("It is on at")).to_be_visible()
    expect(page.get_by_text("It speaks of", exact=True)).to_be_hidden()
    page.locator("#bind-lamp").get_by_role("button", name="Bind").click()
    expect(page.locator('#bind-lamp [data-field="place"] .said')).to_have_text(
        "Choose where it hangs."
    )
    page.select_option("#f-lamp-place", label="4")
    page.get_by_label("a stop for safety").check()
    page.locator("#bind-lamp").get_by_role("button", name="Bind").click()
    expect(page.locator("[data-table]")).to_contain_text("is on at: a stop for safety")


def test_a_lamp_is_bound_tried_and_taken_off(
    browser: Browser, start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    broker = start_mosquitto()
    with running_shop(tmp_path, MQTT_URL=broker.url) as shop, lamp(broker) as told:
        until(lambda: "sensors" not in json.loads(shop.get("/readyz")[1]).get("degraded", {}))
        screens = Screens(browser, shop)
        page = screens.person("Mona", "/board")
        page.goto(f"{shop.url}/admin/devices/listen")
        find(page)
        bind(page)
        row = page.locator("[data-table]")
        expect(row).to_contain_text("Now off, and it confirms that.")
        row.get_by_role("button", name="Light it now").click()
        expect(row).to_contain_text("Being tried: it confirms.")
        assert told[-1] == {"on": True, "colour": "white", "blinks": False}
        expect(row).to_contain_text("Tried: it confirmed.", timeout=30_000)
        until(lambda: told[-1]["on"] is False)
        row.get_by_text("When it is on…").click()
        row.get_by_label("help is called for").check()
        row.get_by_role("button", name="Save").click()
        expect(row).to_contain_text("is on at: help is called for; a stop for safety")
        row.get_by_text("Take off…").click()
        row.get_by_role("button", name="Take off").click()
        expect(page.locator("#bind-tables")).to_contain_text("It hangs nowhere yet")
        screens.close()
        assert screens.faults == []
