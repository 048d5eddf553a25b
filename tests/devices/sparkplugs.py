"""Payloads of Sparkplug B as a node writes them, for tests: the published schema, encoded."""

import struct
from typing import Any

from devices.families.sparkplug import SparkplugB
from devices.readings import (
    Alive,
    Availability,
    Diagnostic,
    Finding,
    Level,
    Observation,
    State,
)
from devices.recall import Recall, recall
from simulator.tongues.protobuf import number, text, varint
from tests.devices.moments import NOON

INT8, INT32, FLOAT, DOUBLE, BOOLEAN, STRING = 1, 3, 9, 10, 11, 12
NODE, DEVICE, BAY = "spb-bridge:hall/edge 1", "spb:hall/edge 1/bay 1", "edge 1/bay 1"
NOON_MS = round(NOON.timestamp() * 1000)


def scalar(field: int, kind: int, value: Any) -> bytes:
    """A value of a data type; `field` is that of int_value."""
    match kind:
        case 9:
            return varint(field + 2 << 3 | 5) + struct.pack("<f", value)
        case 10:
            return varint(field + 3 << 3 | 1) + struct.pack("<d", value)
        case 11:
            return number(field + 4, int(value))
        case 12:
            return text(field + 5, value)
    return number(field, value & 0xFFFFFFFF)


def metric(
    name: str = "",
    kind: int = BOOLEAN,
    value: Any = None,
    *,
    alias: int | None = None,
    at: int | None = NOON_MS,
    historical: bool = False,
    unit: str = "",
    quality: int | None = None,
    typed: bool = True,
) -> bytes:
    """One value; None is null."""
    keys = [key for key, one in (("engUnit", unit), ("Quality", quality)) if one not in ("", None)]
    values = [
        scalar(3, STRING if key == "engUnit" else INT32, unit if key == "engUnit" else quality)
        for key in keys
    ]
    properties = b"".join(
        [*(text(1, key) for key in keys), *(text(2, number(1, 12) + one) for one in values)]
    )
    parts = [
        text(1, name) if name else b"",
        b"" if alias is None else number(2, alias),
        b"" if at is None else number(3, at),
        number(4, kind) if typed else b"",
        number(5, 1) if historical else b"",
        number(7, 1) if value is None else b"",
        text(9, properties) if keys else b"",
        b"" if value is None else scalar(10, kind, value),
    ]
    return b"".join(parts)


def payload(*metrics: bytes, seq: int | None = None, at: int = NOON_MS) -> bytes:
    """A whole message."""
    end = b"" if seq is None else number(3, seq)
    return number(1, at) + b"".join(text(2, one) for one in metrics) + end


def birth(session: int = 0) -> bytes:
    """The metric that numbers a session of a node."""
    return metric("bdSeq", INT32, session)


class Host:
    """Hears a group's messages one after the other."""

    def __init__(self) -> None:
        self.before = Recall()

    def hear(
        self, topic: str, raw: bytes, *, retained: bool = False, later: float = 0
    ) -> list[Observation]:
        """What `spBv1.0/hall/<topic>` means now, `later` seconds after noon."""
        adapter, found = SparkplugB(), list[Observation]()
        at = NOON.fromtimestamp(NOON.timestamp() + later, NOON.tzinfo)
        for reading in adapter.parse(f"spBv1.0/hall/{topic}", raw, retained, at):
            self.before, meant = recall(self.before, adapter, reading)
            found.extend(meant)
        return found


def levels(found: list[Observation]) -> list[tuple[str, str, Level]]:
    """Device, channel and value of each level."""
    return [(one.device, one.channel, one.value) for one in found if isinstance(one, State)]


def lives(found: list[Observation]) -> list[tuple[str, Alive]]:
    """Who is said to be there or not."""
    return [(one.device, one.alive) for one in found if isinstance(one, Availability)]


def asks(found: list[Observation]) -> list[str]:
    """The nodes whose births are asked for."""
    return [
        one.device
        for one in found
        if isinstance(one, Diagnostic) and one.finding is Finding.rebirth_wanted
    ]


def born(*metrics: bytes, session: int = 0) -> Host:
    """A host that knows the node and its bay by these values."""
    host = Host()
    host.hear("NBIRTH/edge 1", payload(birth(session), seq=0))
    host.hear(f"DBIRTH/{BAY}", payload(*metrics, seq=1))
    return host
