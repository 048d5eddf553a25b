"""A server that is killed in the middle of a batch of presses, badges and plates, and begins anew.

Everything is said once, with acknowledgement, to a real mosquitto; the journal tells afterwards
what came of each. A press calls for help that is open nowhere, a badge turns its holder's clock, a
plate is that of an appointment: what is done twice stands there twice, what is lost not at all.
"""

import json
import math
import random
import signal
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from bench.crowd import Shop, shop_of
from bench.kill import events_of
from bench.table import Row, show
from board.core.rules.badges import ONE_SHOWING
from board.secret import derived, open_secret
from devices.badges import MARK_SIGNS, mark_of
from tests.servers.mosquitto import Mosquitto
from tests.servers.processes import start_somewhere

TRIES = 50
JOBS = 60
ANDONS = 4
READERS = tuple(n for n in range(23) if n % 10 < 8)
"""Bays whose technicians have no other car there that waits for somebody else."""
PLATES_A_TRY = 2
WORDS = ("single", "double", "triple", "long")
BATCH_SECONDS = 0.05
BACK_SECONDS = 60.0
ANOTHER_SHOWING = ONE_SHOWING.total_seconds() + 10
"""A badge that is held to its reader sooner again, by the rules, turns nothing."""
KINDS = {"help_called": "presses", "arrival_proposed": "plates", "line_started": "badges"}
KINDS |= {"line_paused": "badges"}


@dataclass(slots=True)
class Bays:
    """A shop with buttons, readers and a camera at a broker; what was said, and what came of it."""

    shop: Shop
    broker: Mosquitto
    device: Client
    said: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    twice: Counter[str] = field(default_factory=Counter)
    back: list[float] = field(default_factory=list)
    shown: dict[int, float] = field(default_factory=lambda: dict.fromkeys(READERS, -math.inf))
    parted: int = 0
    number: int = 0

    def bind(self) -> None:
        """Put buttons and readers to bays, technicians to work, and start with the broker."""
        self.shop.stop()
        data = self.shop.folder / "data"
        (data / "sensors.toml").write_text("\n".join(_bindings(data / "secret")))
        self.shop.environment["MQTT_URL"] = self.broker.url
        self.shop.start()
        self.until_heard()
        for n, job in zip(READERS, self.shop.seeded.movable, strict=False):
            self.shop.do("dispatch_job", job=job, bay=f"b{n + 1}", technicians=[f"t{n}"])

    def until_heard(self) -> None:
        """Wait until the sensors are listened to."""
        deadline = time.monotonic() + BACK_SECONDS
        while json.loads(self.shop.get("/readyz")[1])["degraded"].get("sensors"):
            if time.monotonic() > deadline:
                raise TimeoutError("nobody listens to the sensors")
            time.sleep(0.05)

    def batch(self) -> Iterator[tuple[str, str, dict[str, str]]]:
        """What is said in one try: of which kind, on which topic, with which words."""
        self.number += 1
        number = f"k-{self.number}"
        for andon in range(ANDONS):
            for word in WORDS:
                told = {"e": "press", "k": word, "id": f"{number}-{word}"}
                yield "presses", f"andon-{andon}/ev/button-1", told
        yield from self.showing(number)
        for each in range(PLATES_A_TRY):
            plate = self.plate(each)
            yield "plates", "gate/ev/plate", {"e": "plate", "k": plate, "id": f"{number}-{each}"}

    def showing(self, number: str) -> Iterator[tuple[str, str, dict[str, str]]]:
        """The badge that was not shown for longest, unless it would count as the same showing."""
        reader, at = next(iter(self.shown.items()))
        if time.monotonic() - at < ANOTHER_SHOWING:
            return
        del self.shown[reader]
        self.shown[reader] = time.monotonic()
        told = {"e": "badge", "k": _card(reader), "id": number}
        yield "badges", f"reader-{reader}/ev/badge", told

    def soon(self) -> str:
        """When those cars are awaited."""
        return (datetime.now(UTC) + timedelta(minutes=5)).isoformat()

    def plate(self, each: int) -> str:
        """The plate of an appointment of this try."""
        return f"京B{10_000 + PLATES_A_TRY * self.number + each}"

    def say(self) -> None:
        """Say a batch, in any order."""
        said = list(self.batch())
        for each in range(PLATES_A_TRY):
            self.shop.do("book_job", car={"plate": self.plate(each)}, booked_for=self.soon())
        random.shuffle(said)
        for kind, topic, told in said:
            self.device.publish(f"shop/main/dev/{topic}", json.dumps(told), qos=1)
            self.said[kind] += 1

    def came(self, until: str = "9") -> Counter[str]:
        """What came of all so far, by the journal; at the latest at a time in ISO form."""
        told = (one for one in events_of(self.shop) if _is_of_a_device(one))
        early = (str(one["kind"]) for one in told if str(one["at"]) < until)
        return Counter(KINDS[kind] for kind in early if kind in KINDS)

    def until_all_came(self) -> None:
        """Wait until as much came as was said, or for so long that the rest is lost."""
        deadline = time.monotonic() + BACK_SECONDS
        while any((self.said - self.came()).values()) and time.monotonic() < deadline:
            time.sleep(0.1)

    def one_try(self) -> None:
        """Say a batch, kill the server at some moment of it, start it again, answer all calls."""
        before = self.said.total()
        self.say()
        time.sleep(random.uniform(0, BATCH_SECONDS))
        self.shop.stop(signal.SIGKILL)
        killed, began = datetime.now(UTC).isoformat(), time.monotonic()
        self.shop.start("/healthz")
        self.until_all_came()
        self.back.append(time.monotonic() - began)
        self.parted += before < self.came(killed).total() < self.said.total()
        self.until_heard()
        self.close_calls()
        self.compare()

    def compare(self) -> None:
        """Count what is missing or too much since the try before; one must not hide the other."""
        came = self.came()
        for kind, said in self.said.items():
            missing = said - came[kind] - self.lost[kind] + self.twice[kind]
            self.lost[kind] += max(0, missing)
            self.twice[kind] += max(0, -missing)

    def close_calls(self) -> None:
        """So that the next press of each kind is one to be seen."""
        for call in json.loads(self.shop.get("/api/v1/board")[1])["calls"]:
            self.shop.do("close_call", call=call["id"])


def _card(number: int) -> str:
    return f"04A2B3{number:02X}"


def _bindings(secret: Path) -> Iterator[str]:
    key = derived(open_secret(secret), "readers")
    for n in range(ANDONS):
        yield f'[[button]]\ndevice = "native:andon-{n}"\nchannel = "button-1"\nbay = "b{n + 1}"'
        yield 'triple = "quality"'
    for n in READERS:
        mark = mark_of(key, _card(n))[:MARK_SIGNS]
        yield f'[[badge]]\ndevice = "native:reader-{n}"\nbay = "b{n + 1}"'
        yield f'[[holder]]\nmark = "{mark}"\nperson = "t{n}"'


def _is_of_a_device(event: dict[str, object]) -> bool:
    return event["via"] == "mqtt" or str(event["via"]).startswith("badge ")


@contextmanager
def bays() -> Iterator[Bays]:
    """A seeded shop that listens to a broker."""
    with shop_of(JOBS) as shop:
        broker = start_somewhere(lambda port: Mosquitto(shop.folder / "mosquitto", port))
        device = Client(CallbackAPIVersion.VERSION2, client_id="all-devices")
        device.connect(broker.host, broker.port)
        device.loop_start()
        try:
            made = Bays(shop, broker, device)
            made.bind()
            yield made
        finally:
            device.disconnect()
            device.loop_stop()
            broker.stop()


def rows(tries: int = TRIES) -> list[Row]:
    """What was lost and what was done twice."""
    with bays() as made:
        for _ in range(tries):
            made.one_try()
    return [*(_row(made, kind) for kind in ("presses", "badges", "plates")), _back(made.back)]


def _row(made: Bays, kind: str) -> Row:
    lost, twice = made.lost[kind], made.twice[kind]
    return Row(
        f"SIGKILL in the middle of a batch, {len(made.back)} times: {kind} lost, or done twice",
        "0 and 0",
        f"{lost} and {twice} of {made.said[kind]} said; {made.parted} times a part of the batch "
        "was in the journal before",
        not lost and not twice and made.said[kind] > 0,
    )


def _back(seconds: Sequence[float]) -> Row:
    return Row(
        "SIGKILL in the middle of a batch: from the new start until all of it is in the journal",
        f"≤ {BACK_SECONDS:.0f} s",
        f"{max(seconds):.1f} s at worst (median {statistics.median(seconds):.1f} s)",
        max(seconds) < BACK_SECONDS,
    )


if __name__ == "__main__":
    sys.exit(show(rows(*map(int, sys.argv[1:]))))
