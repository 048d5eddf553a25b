"""A gate is put up on its page in shadow, tried, made to count and taken off."""

import json
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e.running import running_shop, until
from tests.e2e.screens import Screens
from tests.e2e.test_binding_by_hand import Say, speaking
from tests.servers.mosquitto import StartMosquitto


def put_up(page: Page) -> None:
    """Without a name one is told so at the field; camera and sensor are those that were heard."""
    page.get_by_role("button", name="Put it there").click()
    expect(page.locator('[data-field="name"] .said')).to_have_text("Give the gate a name.")
    page.get_by_label("Name of the gate").fill("North")
    page.get_by_label("Camera").fill("native:cam")
    page.select_option("#f-what", "native:door contact")
    page.get_by_role("button", name="Put it there").click()
    row = page.locator("[data-table]")
    expect(row).to_contain_text("Gate North")
    expect(row).to_contain_text("in shadow")


def pass_through(page: Page, say: Say) -> None:
    """Until the listening process has followed the file."""

    def is_kept() -> bool:
        for shut in (True, False):
            say("door", "st/contact", v=shut)
            page.wait_for_timeout(200)
        return page.get_by_text("would tell that something goes through").count() > 0

    until(is_kept)
    expect(page.locator(".gate-now")).to_contain_text("Something can go through")


def test_a_gate_is_put_up_in_shadow_counts_and_is_taken_off(
    browser: Browser, start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    broker = start_mosquitto()
    with running_shop(tmp_path, MQTT_URL=broker.url) as shop, speaking(broker) as say:
        until(lambda: "sensors" not in json.loads(shop.get("/readyz")[1]).get("degraded", {}))
        say("door", "st/contact", v=True)
        say("cam", "ev/plate", e="plate", k="京A12345", id="1", score=0.9)
        screens = Screens(browser, shop)
        page = screens.person("Carl", "/board")
        page.goto(f"{shop.url}/admin/devices")
        page.get_by_role("link", name="Gates").click()
        put_up(page)
        pass_through(page, say)
        row = page.locator("[data-table]")
        row.get_by_role("button", name="Let it count").click()
        expect(row.locator(".counts")).to_have_text("counts")
        for device in ("native:door", "native:cam"):
            page.goto(f"{shop.url}/admin/devices/bind?device={device}")
            expect(page.locator("[data-table]")).to_contain_text("Gate North")
        page.goto(f"{shop.url}/admin/devices/gates")
        row.get_by_text("Take off…").click()
        row.get_by_role("button", name="Take off").click()
        expect(page.locator("#gates-tables")).to_contain_text("No gate yet")
        assert "gate" not in (tmp_path / "data" / "sensors.toml").read_text()
        screens.close()
        assert screens.faults == []
