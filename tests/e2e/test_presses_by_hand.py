"""What a button's presses call for is chosen on its page, and the next press calls for that."""

import json
from pathlib import Path

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion
from playwright.sync_api import Browser, expect

from tests.e2e.running import running_shop, until
from tests.e2e.screens import Screens
from tests.servers.mosquitto import StartMosquitto

BUTTON = '# by the door\n[[button]]\ndevice = "native:press"\nchannel = "button-1"\nbay = "3"\n'
TOPIC = "shop/main/dev/press/ev/button-1"


def test_the_words_of_a_button_are_chosen_and_count_at_once(
    browser: Browser, start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    broker = start_mosquitto()
    file = tmp_path / "data" / "sensors.toml"
    file.parent.mkdir()
    file.write_text(BUTTON)
    client = Client(CallbackAPIVersion.VERSION2, client_id="press")
    client.connect(broker.host, broker.port)
    client.loop_start()
    numbers = iter(range(100))

    def press(word: str) -> None:
        told = json.dumps({"e": "press", "k": word, "id": f"boot-{next(numbers)}"})
        client.publish(TOPIC, told, qos=1).wait_for_publish(5)

    with running_shop(tmp_path, MQTT_URL=broker.url) as shop:
        until(lambda: "sensors" not in json.loads(shop.get("/readyz")[1]).get("degraded", {}))
        screens = Screens(browser, shop)
        page = screens.person("Carl", "/board")
        page.goto(f"{shop.url}/admin/devices/bind?device=native:press")
        row = page.locator("[data-table]")
        expect(row.locator(".presses")).to_contain_text("pressed twice: Parts")
        row.get_by_text("What its presses call for…").click()
        row.get_by_label("pressed twice").select_option("quality")
        row.get_by_role("button", name="Save").click()
        expect(row.locator(".presses")).to_contain_text("pressed twice: Inspector")
        assert file.read_text() == BUTTON + 'double = "quality"\n'
        page.goto(f"{shop.url}/calls")

        def is_called() -> bool:
            press("double")
            page.wait_for_timeout(300)
            return "Inspector" in page.locator("main").inner_text()

        until(is_called)
        client.disconnect()
        client.loop_stop()
        screens.close()
        assert screens.faults == []
