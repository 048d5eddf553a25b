"""The fold from observations and time to what each bay's sensors say. Pure.

Memory plus one observation, tick or mark gives the next memory and the bays that changed.
Nothing is guessed from silence: old, missing and contradictory levels are unknown.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from devices import debounce
from devices.bindings import Bindings
from devices.debounce import Channel
from devices.identity import gateway_of
from devices.liveness import (
    BRIDGE_HOLD_SECONDS,
    OFFLINE_HOLD_SECONDS,
    Life,
    hear,
    hear_traffic,
    is_offline,
)
from devices.memory import BayReport, Cause, Memory, as_at_a_start
from devices.readings import Availability, Observation, State, is_bridge
from devices.verdict import judge

MOST_LIVES = 2000
SET_BACK = timedelta(seconds=5)
"""Time servers turn a clock by less than that while it runs."""
NEXT = timedelta(milliseconds=1)


class Tick(Struct, frozen=True):
    """Time has come to `now`."""

    now: datetime


class Subscribed(Struct, frozen=True):
    """The broker took our subscriptions: replays follow, nothing is reported until settled."""

    now: datetime


class Settled(Struct, frozen=True):
    """The replays are in."""

    now: datetime


Step = Observation | Tick | Subscribed | Settled


def fold(memory: Memory, bindings: Bindings, step: Step) -> tuple[Memory, tuple[BayReport, ...]]:
    """The memory after one step and the bays whose presence changed by it."""
    match step:
        case State():
            # Any message of a device proves it alive: all its bays are weighed again.
            bays = bindings.bays_of.get(step.device, ())
            read = _read(memory, bindings, step)
            if read is memory:
                return memory, ()
            return _weigh(read, bindings, bays, step.received_at)
        case Availability():
            return _weigh(
                _hear(memory, bindings, step), bindings, bindings.by_bay, step.received_at
            )
        case Tick(now):
            every = {**memory.bays, **bindings.by_bay}
            memory = _ticked(memory, now)
            return _weigh(_pass(memory, bindings, now), bindings, every, now)
        case Subscribed():
            return replace(memory, settling=True), ()
        case Settled(now):
            settled = _pass(replace(memory, settling=False), bindings, now)
            return _weigh(settled, bindings, bindings.by_bay, now)
    return memory, ()


def _ticked(memory: Memory, now: datetime) -> Memory:
    """A clock that is set back would let no level last and no silence be noticed for as long."""
    last = memory.ticked_at
    if last is not None and now < last - SET_BACK:
        return as_at_a_start(memory, now)
    return replace(memory, ticked_at=now)


def caught_up(memory: Memory, bindings: Bindings, states: Iterable[State]) -> Memory:
    """The memory after levels that were heard before; what follows from them comes with a tick."""
    for state in states:
        memory = _read(memory, bindings, state)
    return memory


def _read(memory: Memory, bindings: Bindings, state: State) -> Memory:
    if state.device not in bindings.devices and state.device not in bindings.gateways:
        return memory
    memory = _forget_returned(_heard(memory, state), memory.lives, state.received_at)
    sensor = bindings.by_key.get((state.device, state.channel))
    if sensor is None:
        return memory
    channel = debounce.observe(memory.channels.get(sensor.key, Channel()), sensor, state)
    return replace(memory, channels={**memory.channels, sensor.key: channel})


def _heard(memory: Memory, state: State) -> Memory:
    """A device that speaks lives, and so does its bridge; a replay tells only who carries it."""
    told: dict[str, Life] = {}
    carrier = state.bridge or gateway_of(state.device)
    if not state.retained:
        life = memory.lives.get(state.device, Life())
        told[state.device] = hear_traffic(life, carrier, state.received_at)
        if carrier in memory.lives:
            bridge = memory.lives[carrier]
            told[carrier] = hear_traffic(bridge, "", state.received_at)
    elif carrier and state.device not in memory.lives:
        told[state.device] = Life(bridge=carrier)
    if all(memory.lives.get(one) is life for one, life in told.items()):
        return memory
    return replace(memory, lives={**memory.lives, **told})


def _hear(memory: Memory, bindings: Bindings, said: Availability) -> Memory:
    wanted = said.device in bindings.devices or said.device in bindings.gateways
    if not wanted and not is_bridge(said.device):
        return memory
    life = hear(memory.lives.get(said.device, Life()), said)
    lives = _with_room(memory.lives, bindings) if said.device not in memory.lives else memory.lives
    heard = replace(memory, lives={**lives, said.device: life})
    return _forget_returned(heard, memory.lives, said.received_at)


def _with_room(lives: Mapping[str, Life], bindings: Bindings) -> Mapping[str, Life]:
    """Anybody may call itself a bridge: of those that carry nothing the first gives way."""
    if len(lives) < MOST_LIVES:
        return lives
    carrying = {life.bridge for one, life in lives.items() if one in bindings.devices}
    needed = carrying | bindings.devices | bindings.gateways
    idle = next((one for one in lives if one not in needed), None)
    return {one: life for one, life in lives.items() if one != idle}


def _forget_returned(memory: Memory, before: Mapping[str, Life], now: datetime) -> Memory:
    """While a device was away its car may have gone: after its return readings count anew."""
    if memory.lives is before:
        return memory
    back = {
        one
        for one, life in before.items()
        if memory.lives.get(one, life) is not life
        and _was_away(one, life, now)
        and not is_offline(memory.lives[one], now, 0)
    }
    if not back:
        return memory
    kept = {
        key: channel
        for key, channel in memory.channels.items()
        if key[0] not in back and memory.lives.get(key[0], Life()).bridge not in back
    }
    return replace(memory, channels=kept)


def _was_away(device: str, life: Life, now: datetime) -> bool:
    hold = BRIDGE_HOLD_SECONDS if is_bridge(device) else OFFLINE_HOLD_SECONDS
    return is_offline(life, now, hold)


def _pass(memory: Memory, bindings: Bindings, now: datetime) -> Memory:
    moved = {
        key: debounce.settle(channel, bindings.by_key[key], now)
        for key, channel in memory.channels.items()
        if key in bindings.by_key
    }
    return replace(memory, channels=moved)


def _weigh(
    memory: Memory, bindings: Bindings, bays: Mapping[str, object] | tuple[str, ...], now: datetime
) -> tuple[Memory, tuple[BayReport, ...]]:
    """Each of `bays` judged anew; while replays come in nothing is judged."""
    if memory.settling:
        return memory, ()
    known, conflicts = dict(memory.bays), dict(memory.conflicts)
    reports: list[BayReport] = []
    for bay in bays:
        report = judge(memory, bay, bindings.by_bay.get(bay, ()), conflicts, now)
        if report is None or not _is_news(report, known.get(bay)):
            continue
        known[bay] = _after(report, known.get(bay))
        reports.append(known[bay])
    if not reports and conflicts == memory.conflicts:
        return memory, ()
    return replace(memory, bays=known, conflicts=conflicts), tuple(reports)


def _is_news(report: BayReport, before: BayReport | None) -> bool:
    """Another level, or that no sensor is left that could take back what it said last."""
    if before is None or report.present is not before.present:
        return report.present is not (before.present if before else None)
    return report.reason is Cause.unbound and before.reason is not Cause.unbound


def _after(report: BayReport, before: BayReport | None) -> BayReport:
    """A level that returns after a doubt begins with the return: nobody saw the time between. One
    that returns after another is told as a new one, which its moment alone tells from the first.
    """
    if before is None or before.since < report.since:
        return report
    if (before.present is None) is not (report.present is None):
        return replace(report, since=before.since)
    return replace(report, since=before.since + NEXT)
