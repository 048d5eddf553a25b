"""One car, every screen, live: in a real Chromium, with a real broker and a server that dies."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.running import RunningShop, running_shop, until
from tests.e2e.screens import Screens, drag, tap
from tests.servers.processes import program

PLATE = "京AD12345"
BINDINGS = "".join(
    f'[[sensor]]\ndevice = "native:eye-{bay}"\nchannel = "occupancy"\nbay = "{bay}"\n'
    "enter_seconds = 0\nleave_seconds = 0\n\n"
    for bay in ("3", "4")
)


class Sensors:
    """The bay sensors of the shop, through mosquitto_pub."""

    def __init__(self, shop: RunningShop) -> None:
        self._shop = shop
        self._kept = shop.folder / "data" / "broker" / "credentials.json"

    def say(self, bay: str, occupied: bool) -> None:
        """A sensor tells its level again and again, as real ones do, until the shop has heard."""
        wanted = "present" if occupied else "absent"
        until(lambda: self._publish(bay, occupied) and _sensed(self._shop, bay) == wanted)

    def _publish(self, bay: str, occupied: bool) -> bool:
        kept = json.loads(self._kept.read_text())
        line = [program("mosquitto_pub", "mosquitto-clients"), "-h", "127.0.0.1"]
        line += ["-p", str(kept["port"]), "-u", "device", "-P", kept["device"], "-q", "1"]
        topic = f"shop/main/dev/eye-{bay}/st/occupancy"
        line += ["-t", topic, "-m", json.dumps({"v": occupied})]
        return subprocess.run(line, check=False).returncode == 0


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[RunningShop]:
    """A shop with its own broker and two bay sensors."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sensors.toml").write_text(BINDINGS)
    with running_shop(tmp_path, MQTT_URL="") as running:
        yield running


def receive(board: Page) -> None:
    """Anna receives the car and records the signature."""
    board.keyboard.press("n")
    board.fill("input[name='car.plate']", PLATE)
    board.fill("input[name='car.model']", "E3")
    board.fill("textarea[name='asked']", "front brakes")
    board.click("button[type=submit]:visible")
    card = board.locator(".card", has_text="D12345")
    expect(card).to_be_visible()
    card.focus()
    board.keyboard.press("m")
    board.locator("[role=menuitem]", has_text="signed").click()
    board.get_by_role("button", name="To dispatch all the same").click()
    expect(board.locator("#order-dispatch .card")).to_have_count(1)


def test_one_car_on_every_screen(browser: Browser, shop: RunningShop) -> None:
    screens, sensors = Screens(browser, shop), Sensors(shop)
    tv, lounge = screens.wall("tv"), screens.wall("lounge")
    anna, carl = screens.person("Anna", "/board"), screens.person("Carl", "/board")
    tom = screens.person("Tom", "/tablet")

    receive(anna)
    expect(carl.locator("#order-dispatch .card", has_text="D12345")).to_be_visible()
    expect(lounge.locator(".car", has_text="345")).to_be_visible()

    drag(anna, ".card:has-text('D12345')", ".bays [data-bay='3']")
    anna.locator("label.choice", has_text="Tom").click()
    anna.click("button[type=submit]:visible")
    expect(carl.locator("#order-work .card", has_text="D12345")).to_be_visible()
    expect(tv.locator("#row-3")).to_contain_text("D12345")
    expect(tom.locator("#job")).to_contain_text("D12345")

    sensors.say("3", True)
    tap(tom, "start")
    expect(tv.locator("#row-3")).to_contain_text("Repair")
    expect(lounge.locator(".car", has_text="345")).to_contain_text("repair")

    before = shop.board()["seq"]
    shop.kill()
    shop.start()
    assert shop.board()["seq"] >= before
    tap(tom, "finish")
    expect(carl.locator("#order-check .card", has_text="D12345")).to_be_visible()
    expect(tv.locator("#row-3")).not_to_contain_text("Repair")
    expect(anna.locator("#order-check .card", has_text="D12345")).to_be_visible()

    job = shop.job(PLATE)["id"]
    shop.do("place_car", job=job, where="parking", spot="B09")
    expect(tv.locator("#row-3")).not_to_contain_text("Free")
    sensors.say("3", False)
    expect(tv.locator("#row-3")).to_contain_text("Free")
    assert screens.faults == []


def _sensed(shop: RunningShop, bay: str) -> str:
    found = next(each for each in shop.board()["bays"] if each["id"] == bay)
    return str(found["sensed"]["presence"]) if found["sensed"] else ""


def test_an_empty_bay_with_a_running_job_is_put_to_the_controller(
    browser: Browser, shop: RunningShop
) -> None:
    screens, sensors = Screens(browser, shop), Sensors(shop)
    carl = screens.person("Carl", "/board")
    job = shop.receive("沪B8K321")
    shop.do("dispatch_job", job=job, bay="4", technicians=["tina"])
    shop.do("start_line", job=job, technician="tina")
    sensors.say("4", False)
    question = carl.locator("#bay-4.ask")
    expect(question).to_be_visible()
    assert shop.job("沪B8K321")["place"]["spot"] == "4", "no sensor moves a car by itself"
    question.locator("button", has_text="No").click()
    expect(carl.locator("#bay-4.ask")).to_have_count(0)
    assert shop.job("沪B8K321")["lines"][0]["state"] == "running"
    assert screens.faults == []
