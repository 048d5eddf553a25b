"""From a sensor's message at the broker to the frame at the last of 200 sockets.

python -m bench.sensor_latency

One car comes or goes at a time, at bays without dwell; only frames count that the message caused.
"""

import json
import statistics
import sys
import time

from paho.mqtt.client import Client

from bench.cores import CLIENT_CORE, stay_on
from bench.crowd import Crowd, Shop, cores_said, crowd_of, shop_of
from bench.seeding import bay
from bench.sensor_broker import broker_of_its_own, device
from bench.table import Row, show

JOBS, SCREENS, BAYS = 300, 200, 20
ROUNDS, TURNS, WARM = 4, 5, 1
"""Turns of all bays; one more would make a sensor unreliable, so each round has its own."""
EVERY_SECONDS, SETTLING_SECONDS, LONGEST_SECONDS = 0.12, 1.0, 5.0
START_SECONDS = 30.0
MOST_MS = {50: 15.0, 99: 60.0}
_SENSOR = """[[sensor]]
device = "native:eye-{eye}"
channel = "occupancy"
bay = "{bay}"
enter_seconds = 0
leave_seconds = 0
"""


def rows() -> list[Row]:
    """The middle and the slowest hundredth."""
    stay_on(CLIENT_CORE)
    with (
        broker_of_its_own() as broker,
        shop_of(JOBS, {"MQTT_URL": broker.url}) as shop,
        crowd_of(shop) as crowd,
    ):
        delays, reached = _measured(shop, crowd, broker.port)
    found = statistics.quantiles(delays, n=100, method="inclusive")
    return [
        Row(
            f"Sensor's message → frame at the last of {SCREENS} sockets, p{percent}, {JOBS} jobs"
            f" open; {cores_said()}",
            f"≤ {most:.0f} ms",
            f"{found[percent - 1] * 1000:.1f} ms ({len(delays)} messages; a frame for {reached} "
            "sockets)",
            found[percent - 1] * 1000 <= most,
        )
        for percent, most in MOST_MS.items()
    ]


class Eyes:
    """The sensors of one round, at as many bays, and the device that speaks for them."""

    def __init__(self, client: Client, number: int) -> None:
        """`number` of the round."""
        self._client = client
        self._first = number * BAYS
        self._said = 0

    def hang(self, shop: Shop) -> None:
        """The running server follows the file."""
        tables = [_SENSOR.format(eye=self._first + n, bay=bay(n)) for n in range(BAYS)]
        (shop.folder / "data" / "sensors.toml").write_text("\n".join(tables))

    def say(self, eye: int, car: bool) -> None:
        """A car came, or went."""
        self._said += 1
        payload = json.dumps({"v": car, "n": self._said, "t": time.time()}).encode()
        self._client.publish(f"shop/main/dev/eye-{self._first + eye}/st/occupancy", payload, 1)


def _measured(shop: Shop, crowd: Crowd, port: int) -> tuple[list[float], int]:
    """Seconds from message to last frame, one per message, and the sockets that one reached."""
    client = device(port)
    delays: list[float] = []
    reached: list[int] = []
    for number in range(ROUNDS):
        eyes = Eyes(client, number)
        eyes.hang(shop)
        _until_heard(shop, eyes, car=True)
        for turn in range(TURNS):
            for eye in range(BAYS):
                found = _one(crowd, eyes, eye, car=turn % 2 == 1)
                if turn >= WARM:
                    delays.append(found[0])
                    reached.append(found[1])
    client.disconnect()
    client.loop_stop()
    return delays, int(statistics.median(reached))


def _one(crowd: Crowd, eyes: Eyes, eye: int, car: bool) -> tuple[float, int]:
    crowd.mark()
    sent = time.monotonic()
    eyes.say(eye, car)
    while time.monotonic() - sent < LONGEST_SECONDS:
        time.sleep(EVERY_SECONDS)
        arrivals = [one for one in crowd.heard() if not one.beat and one.at >= sent]
        if arrivals and time.monotonic() - arrivals[-1].at > EVERY_SECONDS / 2:
            return max(one.at for one in arrivals) - sent, len({one.seat for one in arrivals})
    raise RuntimeError("a message reached nobody")


def _until_heard(shop: Shop, eyes: Eyes, car: bool) -> None:
    """Until the bindings hold: every bay has been told what its new sensor says."""
    deadline, before = time.monotonic() + START_SECONDS, _reports(shop)
    while _reports(shop) < before + BAYS:
        for eye in range(BAYS):
            eyes.say(eye, car)
        time.sleep(SETTLING_SECONDS)
        if time.monotonic() > deadline:
            raise RuntimeError("the sensors are not heard")
    time.sleep(SETTLING_SECONDS)


def _reports(shop: Shop) -> float:
    lines = shop.get("/metrics")[1].decode().splitlines()
    found = [line for line in lines if line.startswith("baylight_intake_reports ")]
    return float(found[0].rpartition(" ")[2]) if found else 0.0


if __name__ == "__main__":
    sys.exit(show(rows()))
