"""Five thousand messages in a second for a minute at the one process that does everything: how long
people wait, and whether any press is lost.

python -m bench.sensor_flood

A shop as most have it: one process, SQLite, a broker, 200 screens. Levels come without
acknowledgement, as sonars speak; every hundredth message is a press that wants one.
"""

import asyncio
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection

import uvloop

from bench.askers import Answered, Asker, day_of
from bench.cores import CLIENT_CORE, stay_on
from bench.crowd import Crowd, Shop, cores_said, crowd_of, shop_of
from bench.latency import last_frames
from bench.seeding import bay
from bench.sensor_broker import broker_of_its_own, device
from bench.table import Row, show
from simulator.tongues.native import NativeTongue
from simulator.tongues.tongue import Car, Moment, Press

JOBS, BAYS, SECONDS, PER_SECOND, ONE_IN = 100, 20, 60, 5000, 100
EVERY_SECONDS, LATE_SECONDS, MOST_SECONDS = 0.5, 2.0, 2.0
LONGEST_SECONDS = 120.0
_MOVES = frozenset({"dispatch_job", "move_job"})
_TABLES = """[[sensor]]
device = "native:sonar-{number}"
channel = "distance"
bay = "{bay}"

[[button]]
device = "native:button-{number}"
channel = "button-1"
bay = "{bay}"
"""
_PRESENCE = "[presence]\nstates = false\n"
"""What is kept there of our own comes back after a minute and would be counted with the rest."""
_FIGURES = ("intake_messages", "intake_events", "mqtt_merged", "mqtt_dropped")


@dataclass(frozen=True, slots=True)
class Flood:
    """What was said: messages, presses among them, in so many seconds."""

    messages: int
    presses: int
    seconds: float


def say_all(port: int, seconds: float, line: Connection) -> None:
    """Say as much as there is time for, and tell how much that was."""
    client, began, said, presses = device(port), time.monotonic(), 0, 0
    sonars = [NativeTongue(f"sonar-{number}", "distance") for number in range(BAYS)]
    buttons = [NativeTongue(f"button-{number}", "button-1") for number in range(BAYS)]
    while (now := time.monotonic() - began) < seconds:
        while said < now * PER_SECOND:
            moment, is_press = Moment(datetime.now(UTC), said), said % ONE_IN == 0
            speaks = buttons[presses % BAYS] if is_press else sonars[said % BAYS]
            for one in speaks.says(Press() if is_press else Car(True), moment)[:1]:
                last = client.publish(one.topic, one.payload, int(is_press))
            said, presses = said + 1, presses + is_press
        time.sleep(0.001)
    took = time.monotonic() - began
    last.wait_for_publish(LONGEST_SECONDS)
    client.publish("bench/end", b"", 1).wait_for_publish(LONGEST_SECONDS)
    client.disconnect()
    client.loop_stop()
    line.send(Flood(said, presses, took))


@contextmanager
def flooding(port: int) -> Iterator[Connection]:
    """In a process of its own; what it said comes over the line at its end."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=say_all, args=(port, SECONDS, theirs))
    process.start()
    theirs.close()
    try:
        yield ours
        process.join(LONGEST_SECONDS)
    finally:
        process.kill()


def rows() -> list[Row]:
    """How long people wait meanwhile, and what became of the messages."""
    stay_on(CLIENT_CORE)
    with broker_of_its_own() as broker, shop_of(JOBS, {"MQTT_URL": broker.url}) as shop:
        tables = [_TABLES.format(number=number, bay=bay(number)) for number in range(BAYS)]
        (shop.folder / "data" / "sensors.toml").write_text("\n".join([_PRESENCE, *tables]))
        time.sleep(LATE_SECONDS * 2)
        with crowd_of(shop) as crowd:
            before = _figures(shop)
            with flooding(broker.port) as line:
                done, last = uvloop.run(_moved(shop, crowd))
                flood: Flood = line.recv()
            now = _dealt_with(shop, before, flood)
    return [_waited(done, last, flood), _kept(now, flood)]


async def _moved(shop: Shop, crowd: Crowd) -> tuple[list[Answered], list[float]]:
    """One move after the other while it lasts; answers, and seconds to the last frame of each."""
    moves = (ask for ask in day_of(shop.seeded.movable[:10], 0) if ask[0] in _MOVES)
    await asyncio.to_thread(crowd.mark)
    asker, until = await Asker(shop.port, shop.seeded.keys[0]).dial(), time.monotonic() + SECONDS
    done: list[Answered] = []
    while time.monotonic() < until:
        name, body = next(moves)
        done.append(await asker.ask(name, body))
        await asyncio.sleep(EVERY_SECONDS)
    asker.hang_up()
    await asyncio.sleep(LATE_SECONDS)
    return done, last_frames(done, await asyncio.to_thread(crowd.heard))[0]


def _figures(shop: Shop) -> Mapping[str, float]:
    lines = shop.get("/metrics")[1].decode().splitlines()
    found = dict(line.rsplit(" ", 1) for line in lines if line.startswith("baylight_"))
    return {name: float(found.get(f"baylight_{name}", 0)) for name in _FIGURES}


def _dealt_with(shop: Shop, before: Mapping[str, float], flood: Flood) -> Mapping[str, float]:
    """What was counted since, once every message is accounted for, or time is up."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while True:
        now = {name: count - before[name] for name, count in _figures(shop).items()}
        settled = now["intake_messages"] + now["mqtt_merged"] + now["mqtt_dropped"]
        if settled >= flood.messages or time.monotonic() > deadline:
            return now
        time.sleep(0.5)


def _waited(done: list[Answered], last: list[float], flood: Flood) -> Row:
    answer, frame = max(one.seconds for one in done), max(last)
    return Row(
        f"Move request → frame at the last of 200 screens, the longest, while sensors say "
        f"{flood.messages / flood.seconds:.0f}/s for {flood.seconds:.0f} s to the same process; "
        f"SQLite; {cores_said()}",
        f"≤ {MOST_SECONDS:.0f} s at {PER_SECOND}/s",
        f"{frame:.2f} s, the answer {answer:.2f} s ({len(done)} moves)",
        max(answer, frame) <= MOST_SECONDS and flood.messages >= 0.9 * SECONDS * PER_SECOND,
    )


def _kept(now: Mapping[str, float], flood: Flood) -> Row:
    heard, pressed, merged, dropped = (int(now[name]) for name in _FIGURES)
    return Row(
        f"The same: presses dealt with, of {flood.presses}; levels of {flood.messages} messages",
        "all presses; no level lost without a later one",
        f"{pressed} presses; {heard} dealt with, {merged} followed by a later one, {dropped} lost",
        pressed == flood.presses and not dropped and heard + merged == flood.messages,
    )


if __name__ == "__main__":
    sys.exit(show(rows()))
