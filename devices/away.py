"""Bridges that have gone with all that hangs on them: one sentence each. Pure."""

from datetime import datetime

from devices.bindings import Bindings
from devices.liveness import BRIDGE_HOLD_SECONDS, Life, is_offline
from devices.memory import Memory
from devices.readings import is_bridge


def bridges_away(memory: Memory, bindings: Bindings, now: datetime) -> tuple[str, ...]:
    """Which bridges with bound devices are offline; not a word for each of the devices."""
    gone = sorted(
        one
        for one, life in memory.lives.items()
        if (is_bridge(one) or one in bindings.gateways)
        and is_offline(life, now, BRIDGE_HOLD_SECONDS)
    )
    behind = {
        one: sum(
            memory.lives.get(device, Life()).bridge == one
            for device in {sensor.device for sensor in bindings.sensors}
        )
        for one in gone
    }
    return tuple(
        f"{one} is offline: of its {count} bound devices nothing is known."
        for one, count in behind.items()
        if count
    )
