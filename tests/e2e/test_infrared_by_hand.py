"""Who binds an infrared sensor to a bay is told on the page what will come of it."""

import json
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.devices.waiting import device_at, say
from tests.e2e.running import running_shop, until
from tests.e2e.screens import Screens
from tests.servers.mosquitto import StartMosquitto

INFRARED = "z2m:0x00124b0022aa33ff"
LISTED = [
    {
        "ieee_address": "0x00124b0022aa33ff",
        "friendly_name": "corner eye",
        "definition": {"model": "SNZB-03P", "vendor": "SONOFF", "exposes": []},
    }
]


def test_the_page_says_that_an_infrared_sensor_frees_the_bay_of_a_standing_car(
    browser: Browser, start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    broker = start_mosquitto()
    with running_shop(tmp_path, MQTT_URL=broker.url) as shop, device_at(broker.port) as client:
        until(lambda: "sensors" not in json.loads(shop.get("/readyz")[1]).get("degraded", {}))
        say(client, "zigbee2mqtt/bridge/devices", json.dumps(LISTED).encode(), retain=True)
        say(client, "zigbee2mqtt/corner eye", b'{"occupancy":false}')
        screens = Screens(browser, shop)
        page = screens.person("Mona", "/board")
        until(lambda: b"corner eye" in page.request.get(f"{shop.url}/admin/devices").body())
        page.goto(f"{shop.url}/admin/devices/bind?device={INFRARED}")
        expect(page.locator("#bind-form .no-car")).to_contain_text("sees only what moves")
        page.select_option("#f-place", label="4")
        page.get_by_role("button", name="Bind", exact=True).click()
        expect(page.locator("[data-table] .no-car")).to_contain_text("although a car stands there")
        screens.close()
        assert screens.faults == []
