"""A car through the gate into its bay: a camera over HTTP, sensors over a real broker, one tap."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from tests.e2e.running import RunningShop, running_shop, until
from tests.e2e.test_andon_button import is_heard
from tests.servers.mosquitto import Mosquitto, StartMosquitto

SENSORS = """
[[gate]]
name = "north"
camera = "alpr:gate-1"
device = "native:door"
channel = "contact"

[[sensor]]
device = "native:eye"
channel = "occupancy"
bay = "3"
enter_seconds = 0
leave_seconds = 0
"""
SENSING = {"arrive_by_plate": True, "sure_percent": 80, "likely_percent": 60}
CLOCK = "2026-11-23T10:00+08:00,1"
BOOKED = "京A12345"


@contextmanager
def sensors(broker: Mosquitto) -> Iterator[Callable[..., None]]:
    """Says a level of a device's channel."""
    client = Client(CallbackAPIVersion.VERSION2, client_id="sensors")
    client.connect(broker.host, broker.port)
    client.loop_start()

    def say(place: str, value: bool, *, retained: bool = False) -> None:
        device, channel = place.split()
        told = json.dumps({"v": value})
        topic = f"shop/main/dev/{device}/st/{channel}"
        client.publish(topic, told, qos=1, retain=retained).wait_for_publish(5)

    yield say
    client.disconnect()
    client.loop_stop()


def read(shop: RunningShop, key: str, plate: str, sure: int) -> None:
    """The camera at the gate posts a read."""
    told = {"data_type": "alpr_group", "best_plate_number": plate, "best_confidence": sure}
    body = json.dumps(told | {"camera_id": "gate-1", "best_uuid": plate}).encode()
    headers = {"X-Device-Token": key, "Content-Type": "application/json"}
    status, said = shop.ask("POST", "/hooks/plates", body, headers)
    assert status == 200, said


def job(shop: RunningShop, job_id: str) -> dict[str, Any]:
    """A job as the shop has it."""
    found = shop.ask("GET", f"/api/v1/jobs/{job_id}", None, shop._with_key())
    return dict(json.loads(found[1])["job"])


def figure(shop: RunningShop, name: str, value: int) -> bool:
    """Whether the shop's metrics say so."""
    return f"baylight_{name} {value}.0".encode() in shop.get("/metrics")[1]


def prepared(shop: RunningShop) -> tuple[str, str]:
    """A car that is awaited, and the key of a camera."""
    settings = {"name": "Test Motors", "question_seconds": 600, "sensing": SENSING}
    shop.do("set_up_shop", settings=settings)
    soon = "2026-11-23T10:20:00+08:00"
    awaited = shop.do("book_job", car={"plate": BOOKED}, booked_for=soon)
    key = shop.command_line("token", "create", "gate", "--roles", "device").strip()
    return str(awaited["job"]), key


def test_a_sure_read_and_an_open_gate_are_an_arrival_and_one_tap_brings_it_to_its_bay(
    start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    broker = start_mosquitto()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sensors.toml").write_text(SENSORS)
    clock = {"MQTT_URL": broker.url, "BAYLIGHT_CLOCK": CLOCK}
    with sensors(broker) as say, running_shop(tmp_path, **clock) as shop:
        awaited, key = prepared(shop)
        until(lambda: is_heard(shop))
        say("door contact", True)
        say("eye occupancy", False)
        say("eye occupancy", True, retained=True)
        read(shop, key, BOOKED, 91)
        assert job(shop, awaited)["state"] == "booked", "nothing has gone through the gate yet"

        say("door contact", False)
        until(lambda: job(shop, awaited)["state"] == "arrived")
        assert figure(shop, "intake_gates_passed", 1)
        shop.do("undo_move", job=awaited)
        assert job(shop, awaited)["state"] == "booked"
        read(shop, key, BOOKED, 99)
        assert job(shop, awaited)["state"] == "booked", "what was taken back is not done again"

        shop.do("arrive_job", job=awaited)
        say("eye occupancy", False)
        say("eye occupancy", True)
        until(lambda: figure(shop, "questions_open", 1))
        shop.do("answer_question", bay="3", agreed=True, job=awaited)
        assert job(shop, awaited)["place"] == {"where": "bay", "spot": "3"}
        assert figure(shop, "questions_answered_today", 1)
