"""The published messages of device_samples.jsonl, read by their families and the fold."""

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from devices.adapters import Adapter
from devices.cameras.reading import PlateCameras
from devices.families import FAMILIES, opened
from devices.readings import Observation
from devices.recall import Recall, adapters_of, recall

FILE = Path(__file__).parent / "device_samples.jsonl"
RECEIVED = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SHARED = ("actuator", "fault")
"""Families of the file that are none: their messages find their adapter by claim."""
POSTED = ("platerecognizer", "openalpr")
"""Families whose messages come over HTTP."""
NAMES = {"shelly-gen2+": "shelly-gen2", "homie4": "homie", "homie5": "homie"}
BASES = {
    "zigbee2mqtt": re.compile(r"([^/]+)/"),
    "esphome": re.compile(r"(.+?)/(?:status|[a-z_]+/[^/]+/state)\Z"),
    "shelly-gen2": re.compile(r"(.+?)/(?:online|status/[^/]+|events/rpc)\Z"),
}
"""Families whose devices are opened by what stands before the rest of their topics."""
FULL_TOPICS = {"tasmota": ("%topic%/%prefix%", "tasmota/%topic%/%prefix%")}


@dataclass(frozen=True)
class Sample:
    """One message and what it must mean, as the file says it."""

    id: str
    family: str
    topic: str
    payload: bytes
    retained: bool
    after: str
    meaning: dict[str, Any]


@cache
def samples() -> dict[str, Sample]:
    """All messages by id."""
    rows = [json.loads(line) for line in FILE.read_text().splitlines()]
    return {row["id"]: _sample(row) for row in rows}


def _sample(row: dict[str, Any]) -> Sample:
    packed = row.get("payload_b64")
    payload = base64.b64decode(packed) if packed else row["payload"].encode()
    after, family = row.get("after", ""), NAMES.get(row["family"], row["family"])
    return Sample(row["id"], family, row["topic"], payload, row["retained"], after, row["meaning"])


COMMANDS = frozenset(name for name, one in samples().items() if one.meaning["act"] == "command")
"""Messages that we send: test_signals makes them from their stated outputs."""


def adapter_for(sample: Sample) -> Adapter | None:
    """Its family under its base topic; None for a family that is not built."""
    if sample.family in POSTED:
        return PlateCameras()
    if sample.family in SHARED:
        found = adapters_of(Recall(), [opened(name) for name in FAMILIES], sample.topic)
        return found[0] if found else None
    if sample.family not in FAMILIES:
        return None
    return max(
        (opened(sample.family, base) for base in _bases(sample)),
        key=lambda one: one.claim(sample.topic),
    )


def _bases(sample: Sample) -> list[str]:
    """The base topics it may be under: the usual one, and what its topic says."""
    found = BASES.get(sample.family, re.compile("(?!)")).match(sample.topic)
    return ["", *FULL_TOPICS.get(sample.family, ()), *([found[1]] if found else [])]


def read(sample: Sample, adapter: Adapter) -> Sequence[Observation]:
    """What it means after the messages that its `after` names."""
    before, found = Recall(), list[Observation]()
    for one in reversed(_chain(sample)):
        found = []
        for reading in adapter.parse(one.topic, one.payload, one.retained, RECEIVED):
            before, meant = recall(before, adapter, reading)
            found.extend(meant)
    return found


def _chain(sample: Sample) -> list[Sample]:
    """The sample and, before it, each message that another's `after` names."""
    return [sample, *(_chain(samples()[sample.after]) if sample.after else [])]
