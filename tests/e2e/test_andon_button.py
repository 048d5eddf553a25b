"""A press at a bay, through a real broker: one call and its lamp, also if our process is killed."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from tests.e2e.running import RunningShop, running_shop, until
from tests.servers.mosquitto import Mosquitto, StartMosquitto

BUTTON = '[[button]]\ndevice = "native:andon-3"\nchannel = "button-1"\nbay = "3"\n'
BUTTON += 'triple = "quality"\n'
LAMP = '[[lamp]]\ndevice = "native:andon-3"\nchannel = "lamp"\nbay = "3"\n'
TOPIC = "shop/main/dev/andon-3/ev/button-1"
TOLD, STATUS = "shop/main/dev/andon-3/cmd/lamp", "shop/main/core/$status"


@contextmanager
def button(broker: Mosquitto) -> Iterator[Callable[..., None]]:
    """Presses the button; `number` is the device's own of the press."""
    client = Client(CallbackAPIVersion.VERSION2, client_id="andon-3")
    client.connect(broker.host, broker.port)
    client.loop_start()

    def press(word: str, number: int, *, retained: bool = False) -> None:
        told = json.dumps({"e": "press", "k": word, "id": f"boot-{number}"})
        client.publish(TOPIC, told, qos=1, retain=retained).wait_for_publish(5)

    yield press
    client.disconnect()
    client.loop_stop()


@contextmanager
def lamp(broker: Mosquitto) -> Iterator[dict[str, Any]]:
    """What the lamp of the bay was told last, and what we say of ourselves, by topic."""
    said: dict[str, Any] = {}
    client = Client(CallbackAPIVersion.VERSION2, client_id="lamp-3")
    client.on_message = lambda c, u, one: said.update({one.topic: json.loads(one.payload)})
    client.connect(broker.host, broker.port)
    client.subscribe([(TOLD, 1), (STATUS, 1)])
    client.loop_start()
    yield said
    client.disconnect()
    client.loop_stop()


def shows(said: dict[str, Any]) -> tuple[str, bool]:
    """Colour of the lamp, '' when it is dark, and whether it blinks."""
    look = said.get(TOLD, {}).get("set", {})
    return (look["colour"] if look.get("on") else "", look.get("blinks", False))


def calls(shop: RunningShop) -> dict[str, dict[str, str]]:
    """The open calls by kind."""
    return {one["kind"]: one for one in shop.board()["calls"]}


def is_heard(shop: RunningShop) -> bool:
    """Whether the shop listens to its broker."""
    return "sensors" not in json.loads(shop.get("/readyz")[1]).get("degraded", {})


def test_a_press_calls_for_help_once_whatever_happens_to_our_process(
    start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    broker = start_mosquitto()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sensors.toml").write_text(BUTTON + LAMP)
    with button(broker) as press, lamp(broker) as said:
        press("triple", 0, retained=True)
        with running_shop(tmp_path, MQTT_URL=broker.url) as shop:
            until(lambda: is_heard(shop))
            press("single", 1)
            call = until(lambda: calls(shop).get("technical"))
            assert (call["bay"], call["called"]["by"]) == ("3", "device:native:andon-3")
            until(lambda: shows(said) == ("blue", True))
            press("single", 2)
            press("wobble", 3)
            until(lambda: b"baylight_intake_presses_unknown 1" in shop.get("/metrics")[1])
            assert list(calls(shop)) == ["technical"]

            shop.kill()
            until(lambda: said[STATUS]["s"] == "offline")
            press("double", 4)
            said.clear()
            shop.start()
            until(lambda: "parts" in calls(shop))
            shop.do("close_call", call=call["id"], reason="helped")
            press("single", 1)
            press("long", 5)
            until(lambda: "safety" in calls(shop))
            assert set(calls(shop)) == {"parts", "safety"}, "told again, and retained"
            until(lambda: shows(said) == ("red", True))
