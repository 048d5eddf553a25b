"""A badge is held before its reader, given to its holder on a page, and taken away again."""

import json
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.running import running_shop, until
from tests.e2e.screens import Screens
from tests.e2e.test_binding_by_hand import speaking
from tests.servers.mosquitto import StartMosquitto

READER = '[[badge]]\ndevice = "native:reader"\nbay = "3"\n'


def test_a_badge_is_given_to_its_holder_and_taken_away(
    browser: Browser, start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    broker = start_mosquitto()
    file = tmp_path / "data" / "sensors.toml"
    file.parent.mkdir()
    file.write_text(READER)
    with running_shop(tmp_path, MQTT_URL=broker.url) as shop, speaking(broker) as say:
        until(lambda: "sensors" not in json.loads(shop.get("/readyz")[1]).get("degraded", {}))
        screens = Screens(browser, shop)
        page = screens.person("Mona", "/board")
        page.goto(f"{shop.url}/admin/devices/badges")
        expect(page.locator("#badges-shown")).to_contain_text("No such badge was shown")
        say("reader", "ev/badge", e="badge", k="04A2B3C4", id="1")
        row = page.locator("[data-mark]")
        expect(row).to_contain_text("Bay 3")
        inbox = tmp_path / "data" / "inbox.toml"
        until(lambda: inbox.exists() and "was shown at Bay 3" in inbox.read_text())
        row.get_by_role("button", name="Give it to them").click()
        expect(row.locator(".said")).to_have_text("Choose whose badge it is.")
        holder = row.get_by_label("Whose badge it is")
        name = holder.locator("option").nth(1).inner_text()
        holder.select_option(index=1)
        row.get_by_role("button", name="Give it to them").click()
        held = page.locator("[data-held]")
        expect(held).to_contain_text(name)
        expect(page.locator("[data-mark]")).to_have_count(0)
        assert "04A2B3C4" not in page.content() + file.read_text()
        held.get_by_text("Take it away…").click()
        held.get_by_role("button", name="Take it away").click()
        expect(page.locator("#badges-held")).to_contain_text("Nobody holds a badge yet.")
        assert file.read_text() == READER
        screens.close()
        assert screens.faults == []
