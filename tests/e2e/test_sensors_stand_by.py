"""Two processes and one broker: one listens; the other takes over, and a late one is refused."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from tests.e2e.running import RunningShop, running_shop, until
from tests.servers.mosquitto import Mosquitto, StartMosquitto

BINDINGS = "".join(
    f'[[sensor]]\nbay = "{n}"\ndevice = "native:eye-{n}"\nchannel = "occupancy"\n'
    "enter_seconds = 0\n"
    for n in range(1, 7)
)


def listens(shop: RunningShop) -> bool:
    """Whether this process is the one that listens."""
    return b"baylight_sensors_listening 1" in shop.get("/metrics")[1]


def hears(shop: RunningShop) -> bool:
    """Whether it listens, and the broker has let it in: what is said before that is old news."""
    return listens(shop) and b"baylight_mqtt_connections 1" in shop.get("/metrics")[1]


def seen(shop: RunningShop, bay: str) -> bool:
    """Whether the sensors say that a car stands there."""
    found = next(one for one in shop.board()["bays"] if one["id"] == bay)
    return bool(found["sensed"] and found["sensed"]["presence"] == "present")


def tried(shop: RunningShop, bay: str, message: str) -> str:
    """What a message of that bay's sensor would mean, as a page says it."""
    form = {"topic": f"shop/main/dev/eye-{bay}/st/occupancy", "payload": message}
    headers = {**shop._with_key(), "Content-Type": "application/x-www-form-urlencoded"}
    path, body = "/admin/devices/try", urlencode(form).encode()
    return shop.ask("POST", path, body, headers)[1].decode()


@contextmanager
def device(broker: Mosquitto) -> Iterator[Callable[[str], None]]:
    """Says that a car stands in a bay."""
    client = Client(CallbackAPIVersion.VERSION2, client_id="eyes")
    client.connect(broker.host, broker.port)
    client.loop_start()

    def say(bay: str) -> None:
        topic = f"shop/main/dev/eye-{bay}/st/occupancy"
        client.publish(topic, b'{"v":true}', qos=1, retain=True).wait_for_publish(5)

    yield say
    client.disconnect()
    client.loop_stop()


@pytest.fixture
def pair(
    tmp_path: Path, postgres_database: str, start_mosquitto: StartMosquitto
) -> Iterator[tuple[RunningShop, RunningShop, Callable[[str], None]]]:
    """The process that listens, the one that stands by, and something to say."""
    broker = start_mosquitto()
    (tmp_path / "one" / "data").mkdir(parents=True)
    (tmp_path / "two" / "data").mkdir(parents=True)
    for name in ("one", "two"):
        (tmp_path / name / "data" / "sensors.toml").write_text(BINDINGS)
    settings = {"DATABASE_URL": postgres_database, "MQTT_URL": broker.url}
    with running_shop(tmp_path / "one", **settings) as one, device(broker) as say:
        two = one.neighbour(tmp_path / "two")
        try:
            until(lambda: hears(one))
            yield one, two.start(), say
        finally:
            two.kill()


def test_the_one_that_stands_by_takes_over_when_the_holder_is_killed(
    pair: tuple[RunningShop, RunningShop, Callable[[str], None]],
) -> None:
    one, two, say = pair
    say("1")
    until(lambda: seen(two, "1"))
    assert not listens(two)
    assert "stays as it is (a car is there)" in tried(two, "1", '{"v":true}'), "asked of the other"
    one.kill()
    say("2")
    until(lambda: seen(two, "2"))
    assert listens(two)


def test_a_holder_that_was_stopped_and_wakes_up_writes_nothing(
    pair: tuple[RunningShop, RunningShop, Callable[[str], None]],
) -> None:
    one, two, say = pair
    os.kill(one.pid, signal.SIGSTOP)
    say("3")
    until(lambda: seen(two, "3"))
    os.kill(one.pid, signal.SIGCONT)
    until(lambda: not listens(one))
    say("4")
    until(lambda: seen(one, "4"))
    assert listens(two)
    events = two.ask("GET", "/api/v1/events?after=0&limit=500", None, two._with_key())[1]
    assert events.count(b'"presence":"present"') == 2
