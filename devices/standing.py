"""How each bound device stands, in one word, and what is said of each bay now. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import structs

from devices.alarms import Trouble
from devices.badges import BADGE
from devices.bindings import Bindings, Sensor
from devices.buttons import BUTTON
from devices.debounce import Channel
from devices.lamps import LAMP
from devices.liveness import BRIDGE_HOLD_SECONDS, Life, is_offline
from devices.logbook import Logbook
from devices.memory import BayReport, Cause, Memory
from devices.verdict import CONFLICT_SECONDS, judge, say


class Standing(StrEnum):
    """How a device stands, the worst first."""

    offline = "offline"
    bad = "bad"
    conflict = "conflict"
    stale = "stale"
    unproved = "unproved"
    fought_over = "fought_over"
    unknown = "unknown"
    good = "good"


STANDINGS: Mapping[Cause, Standing] = {
    Cause.offline: Standing.offline,
    Cause.bridge_offline: Standing.offline,
    Cause.faulty: Standing.bad,
    Cause.unreliable: Standing.bad,
    Cause.conflict: Standing.conflict,
    Cause.stale: Standing.stale,
    Cause.sensor: Standing.good,
}


@dataclass(frozen=True, slots=True)
class Hook:
    """Where one channel of a device hangs and what that says now. `kind`: sensor, button, badge,
    gate, lamp; of a lamp of the whole shop there is no bay.

    `coming`: another level that has not lasted yet, since `coming_since`; it counts after
    `after_seconds`. `cause`: why the level is what it is; empty for what has no level.
    """

    kind: str
    channel: str
    bay: str = ""
    technician: str = ""
    level: bool | None = None
    since: datetime | None = None
    cause: str = ""
    coming: bool | None = None
    coming_since: datetime | None = None
    after_seconds: float = 0
    profile: str = ""
    priority: int = 0
    shadow: bool = False
    gate: str = ""


Expected = Callable[[str], float | None]
"""How often a device should speak at least, by one of its channels."""
TOLD_LATE = frozenset({"z2m", "ble", "lora", "tts"})
"""Without a will of their own: Zigbee2MQTT misses a device on battery after 25 hours."""
OWED: Mapping[Trouble, Standing] = {
    Trouble.unproved: Standing.unproved,
    Trouble.mute: Standing.unproved,
    Trouble.fought_over: Standing.fought_over,
}
"""How a device stands whose outputs have this trouble."""


def hooks_of(bindings: Bindings, memory: Memory, device: str, now: datetime) -> tuple[Hook, ...]:
    """Everything that a device is bound to."""
    sensors = (one for one in bindings.sensors if one.device == device)
    buttons = (one for one in bindings.buttons if one.device == device)
    readers = (one for one in bindings.readers if one.device == device)
    return (
        *(_hook(memory, one, now) for one in sensors),
        *(
            Hook("button", one.channel, one.bay, one.technician, shadow=one.shadow)
            for one in buttons
        ),
        *(Hook("badge", one.channel, one.bay, shadow=one.shadow) for one in readers),
        *(
            Hook("gate", channel, gate=name, shadow=shadow)
            for name, channel, shadow in bindings.gates.of(device)
        ),
        *(Hook(LAMP, one.channel, one.bay) for one in bindings.lamps if one.device == device),
    )


def _hook(memory: Memory, sensor: Sensor, now: datetime) -> Hook:
    said = say(memory, sensor, now)
    channel = memory.channels.get(sensor.key, Channel())
    return Hook(
        kind="sensor",
        channel=sensor.channel,
        bay=sensor.bay,
        level=said.present,
        since=said.since if said.present is not None else None,
        cause=said.reason.value,
        coming=channel.coming,
        coming_since=channel.coming_since,
        after_seconds=sensor.enter_seconds if channel.coming else sensor.leave_seconds,
        profile=sensor.profile,
        priority=sensor.priority,
        shadow=sensor.shadow,
    )


def bay_now(bindings: Bindings, memory: Memory, bay: str, now: datetime) -> BayReport | None:
    """What a bay's sensors say together at this moment; None before anything was ever said. A level
    that the board knows already began when it says so: a replay after a start is no beginning.
    """
    sensors, known = bindings.by_bay.get(bay, ()), memory.bays.get(bay)
    report = judge(memory, bay, sensors, dict(memory.conflicts), now)
    if report is None or known is None or report.present is not known.present:
        return report or known
    return structs.replace(report, since=known.since)


def against(
    bindings: Bindings, memory: Memory, report: BayReport, now: datetime
) -> tuple[str, ...]:
    """Who has known otherwise for a while at a bay for which sensors of a higher rank decide."""
    if report.present is None:
        return ()
    lasting = now - timedelta(seconds=CONFLICT_SECONDS)
    sensors = bindings.by_bay.get(report.bay, ())
    said = [(say(memory, one, now), one.priority) for one in sensors]
    deciding = max((rank for one, rank in said if one.present is not None), default=0)
    lower = (one for one, rank in said if rank < deciding and one.present is not None)
    other = (one for one in lower if one.present is not report.present)
    return tuple(sorted({one.device for one in other if max(one.since, report.since) <= lasting}))


def is_outvoted(
    bindings: Bindings, memory: Memory, bays: Mapping[str, BayReport], device: str, now: datetime
) -> bool:
    """Whether a device is one of those at any of its bays."""
    hung = (bays[bay] for bay in bindings.bays_of.get(device, ()) if bay in bays)
    return any(device in against(bindings, memory, one, now) for one in hung)


def standing_of(
    hooks: Iterable[Hook], bays: Mapping[str, BayReport], memory: Memory, device: str,
    book: Logbook | None, now: datetime,
) -> Standing:  # fmt: skip
    """The worst of what its channels say; of one without levels, whether it is there."""
    causes = [Cause(one.cause) for one in hooks if one.cause]
    found = [STANDINGS.get(cause, Standing.unknown) for cause in causes]
    if any(_disagrees(bays.get(one.bay), device) for one in hooks if one.kind == "sensor"):
        found.append(Standing.conflict)
    life = memory.lives.get(device, Life())
    bridge = memory.lives.get(life.bridge, Life())
    if is_offline(life, now) or is_offline(bridge, now, BRIDGE_HOLD_SECONDS):
        found.append(Standing.offline)
    if not found:
        found.append(Standing.good if book is not None and book.is_heard else Standing.unknown)
    return worst(found)


def is_overdue(
    hooks: Iterable[Hook], device: str, expected: Expected, heard: datetime | None, now: datetime
) -> bool:
    """Whether a button or reader has missed the word by which it shows that it lives, where nobody
    else would tell within the hour that it has gone: a press that does not come is seen too late.
    """
    if heard is None or device.partition(":")[0] not in TOLD_LATE:
        return False
    waits = (expected(one.channel) for one in hooks if one.kind in (BUTTON, BADGE))
    return any(every and now - heard > timedelta(seconds=2.5 * every) for every in waits)


def worst(found: Iterable[Standing]) -> Standing:
    """Of at least one."""
    return min(found, key=list(Standing).index)


def _disagrees(report: BayReport | None, device: str) -> bool:
    return (
        report is not None
        and report.reason is Cause.conflict
        and device in report.device.split(" ")
    )
