"""A family is opened and closed on pages; before it closes the page says what falls silent."""

import json
from pathlib import Path

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion
from playwright.sync_api import Browser, expect

from tests.e2e.running import running_shop, until
from tests.e2e.screens import Screens
from tests.servers.mosquitto import StartMosquitto

LANE = '\n[[sensor]]\ndevice = "tasmota:lane-2"\nchannel = "input-1"\nbay = "3"\n'


def test_closing_a_family_says_what_falls_silent_first(
    browser: Browser, start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    broker = start_mosquitto()
    file = tmp_path / "data" / "sensors.toml"
    file.parent.mkdir()
    file.write_text('# ours\n[[family]]\nname = "tasmota"\n' + LANE)
    client = Client(CallbackAPIVersion.VERSION2, client_id="lane-2")
    client.connect(broker.host, broker.port)
    client.loop_start()
    with running_shop(tmp_path, MQTT_URL=broker.url) as shop:
        until(lambda: "sensors" not in json.loads(shop.get("/readyz")[1]).get("degraded", {}))
        screens = Screens(browser, shop)
        page = screens.person("Mona", "/board")
        page.goto(f"{shop.url}/admin/devices/listen")
        page.get_by_text("Families that are heard…").click()
        expect(page.locator('[data-family="zigbee2mqtt "]')).to_contain_text("always heard")
        page.get_by_role("link", name="Close Tasmota").click()
        silent = page.locator("[data-silent]")
        expect(silent).to_contain_text("not heard since the start")
        said = json.dumps({"Switch1": {"Action": "ON"}})
        client.publish("stat/lane-2/RESULT", said, qos=1).wait_for_publish(5)
        expect(silent).to_contain_text("heard through this family alone")
        expect(silent).to_contain_text("Bay 3 (input 1)")
        page.get_by_role("button", name="Close it").click()
        page.wait_for_url("**/admin/devices/listen")
        assert file.read_text() == "# ours\n" + LANE
        client.disconnect()
        client.loop_stop()
        screens.close()
        assert screens.faults == []
