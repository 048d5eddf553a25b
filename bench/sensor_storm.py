"""A storm of sensors at one process while people work at another: how long they wait, what is lost.

python -m bench.sensor_storm

Two processes over one PostgreSQL and one Redis: the first hears the sensors and serves nobody,
the other serves 200 screens and every command. Every fiftieth message
is a press with a number of its own.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import uvloop

from bench.askers import Answered, Ask, Asker, day_of
from bench.commands import p99
from bench.cores import CLIENT_CORE, stay_on
from bench.crowd import Shop, cores_said, crowd_of, postgres_of_its_own, shop_of
from bench.processes import redis_of_its_own
from bench.seeding import bay
from bench.sensor_broker import broker_of_its_own, speaking
from bench.table import Row, show
from simulator.tongues.native import NativeTongue
from simulator.tongues.tongue import Car, Moment, Press, Said
from tests.servers.processes import free_port

JOBS, BAYS, SECONDS, PER_SECOND = 100, 20, 60, 2000
ONE_IN, EVERY_SECONDS, WARM_SECONDS = 50, 0.1, 5.0
MOST_TIMES = 2.0
LONGEST_SECONDS = 60.0
_TABLES = """[[sensor]]
device = "native:eye-{number}"
channel = "occupancy"
bay = "{bay}"

[[button]]
device = "native:button-{number}"
channel = "button-1"
bay = "{bay}"
"""


@contextmanager
def two_processes() -> Iterator[tuple[Shop, Shop, int]]:
    """The one that hears the sensors, the one that serves people, and the broker's port."""
    with ExitStack() as running:
        broker = running.enter_context(broker_of_its_own())
        url, _pid = running.enter_context(postgres_of_its_own())
        redis = running.enter_context(redis_of_its_own())
        stores = {"DATABASE_URL": url, "REDIS_URL": redis.url}
        hears = running.enter_context(shop_of(JOBS, {**stores, "MQTT_URL": broker.url}))
        own = {"BAYLIGHT_PORT": str(free_port()), "MQTT_URL": "off"}
        serves = replace(hears, environment={**hears.environment, **own}, _server=None)
        serves.start()
        running.callback(serves.stop)
        yield hears, serves, broker.port


def storm(seconds: int) -> list[Said]:
    """Levels of all bays, which stay as they are, and presses among them; none retained."""
    begin, found = datetime.now(UTC), list[Said]()
    eyes = [NativeTongue(f"eye-{number}") for number in range(BAYS)]
    buttons = [NativeTongue(f"button-{number}", "button-1") for number in range(BAYS)]
    for number in range(seconds * PER_SECOND):
        moment = Moment(begin + timedelta(seconds=number / PER_SECOND), number)
        is_press = number % ONE_IN == 0
        tongue = (buttons if is_press else eyes)[
            number // ONE_IN % BAYS if is_press else number % BAYS
        ]
        said = tongue.says(Press() if is_press else Car(True), moment)
        found += [Said(one.topic, one.payload) for one in said]
    return found


def rows() -> list[Row]:
    """How much longer people wait, and whether each message and press was dealt with."""
    stay_on(CLIENT_CORE)
    with two_processes() as (hears, serves, port):
        tables = [_TABLES.format(number=number, bay=bay(number)) for number in range(BAYS)]
        (hears.folder / "data" / "sensors.toml").write_text("\n".join(tables))
        with crowd_of(serves) as crowd:
            moves = (ask for ask in day_of(serves.seeded.movable[:10], 0) if _is_move(ask))
            uvloop.run(_asked(serves, moves, WARM_SECONDS))
            quiet = uvloop.run(_asked(serves, moves, SECONDS))
            said = storm(SECONDS)
            before = _counted(hears)
            with speaking(port, said, PER_SECOND):
                waits = uvloop.run(_asked(serves, moves, SECONDS))
                crowd.settled(waits[-1].seq)
            heard, pressed = _dealt_with(hears, before, len(said))
    return [_waited(quiet, waits), _kept(len(said), heard, pressed)]


def _is_move(ask: Ask) -> bool:
    return ask[0] in ("dispatch_job", "move_job")


async def _asked(shop: Shop, moves: Iterator[Ask], seconds: float) -> list[Answered]:
    """One move after the other, a few in a second."""
    asker, until = await Asker(shop.port, shop.seeded.keys[0]).dial(), time.monotonic() + seconds
    done: list[Answered] = []
    while time.monotonic() < until:
        name, body = next(moves)
        done.append(await asker.ask(name, body))
        await asyncio.sleep(EVERY_SECONDS)
    asker.hang_up()
    return done


def _counted(shop: Shop) -> tuple[int, int]:
    """Messages and events that the listening process has dealt with."""
    lines = shop.get("/metrics")[1].decode().splitlines()
    found = dict(line.rsplit(" ", 1) for line in lines if line.startswith("baylight_intake_"))
    names = ("baylight_intake_messages", "baylight_intake_events")
    return tuple(int(float(found.get(name, 0))) for name in names)  # type: ignore[return-value]  # two


def _dealt_with(shop: Shop, before: tuple[int, int], sent: int) -> tuple[int, int]:
    """Once all is dealt with, or time is up."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while True:
        now = _counted(shop)
        if now[0] - before[0] >= sent or time.monotonic() > deadline:
            return now[0] - before[0], now[1] - before[1]
        time.sleep(0.5)


def _waited(quiet: list[Answered], waits: list[Answered]) -> Row:
    calm, stormy = p99(quiet) * 1000, p99(waits) * 1000
    return Row(
        f"Move request → answer, p99, 200 screens, while sensors say {PER_SECOND}/s for "
        f"{SECONDS} s to a process of its own; PostgreSQL, Redis; {cores_said()}",
        f"≤ {MOST_TIMES:.0f} × quiet",
        f"{stormy / calm:.1f} ×: {stormy:.1f} ms of {calm:.1f} ms ({len(waits)} moves each)",
        stormy <= MOST_TIMES * calm,
    )


def _kept(sent: int, heard: int, pressed: int) -> Row:
    presses = len(range(0, sent, ONE_IN))
    return Row(
        f"The same: messages dealt with, presses among them, of {sent}",
        "all",
        f"{heard} messages, {pressed} of {presses} presses",
        heard == sent and pressed == presses,
    )


if __name__ == "__main__":
    sys.exit(show(rows()))
