"""Sparkplug B: births, data and deaths of edge nodes and of the devices behind them. Pure.

Data speak in aliases that only a birth explains, in one row of numbers per node: what a message
means is completed by `sparkplug_nodes`. Names may contain spaces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from devices.families.sparkplug_nodes import NODE, Nodes, Said, heard
from devices.families.sparkplug_payload import Payload, read_payload, rebirth_command
from devices.payloads import BadPayload
from devices.readings import Malformed, Observation, Partial, Reading

NODE_TYPES = ("NBIRTH", "NDATA", "NDEATH")
DEVICE_TYPES = ("DBIRTH", "DDATA", "DDEATH")
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class SparkplugB:
    """Adapter of all groups under the name space."""

    base: str = "spBv1.0"

    @property
    def filters(self) -> tuple[str, ...]:
        """What nodes and devices tell; neither commands nor the word of other hosts."""
        nodes = (f"{self.base}/+/{kind}/+" for kind in NODE_TYPES)
        devices = (f"{self.base}/+/{kind}/+/+" for kind in DEVICE_TYPES)
        return (*nodes, *devices)

    def claim(self, topic: str) -> float:
        """Sure of its name space."""
        return float(topic.startswith(f"{self.base}/"))

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Reading]:
        """One message, decoded. Nodes retain nothing: a replay is of a session that is over."""
        place = self._place(topic)
        if isinstance(place, str):
            return [Malformed(topic, place)] if place else []
        if retained or not payload:
            return []
        kind, node, device = place
        found = read_payload(payload)
        if isinstance(found, BadPayload):
            return [Malformed(topic, found.reason, f"spb:{device or node}")]
        return [_said(kind, node, device, found, topic, received_at)]

    def complete(
        self, memory: object | None, seen: Partial
    ) -> tuple[object, Sequence[Observation]]:
        """The nodes after one message and what it means."""
        assert isinstance(seen.body, Said)
        nodes = memory if isinstance(memory, Nodes) else Nodes()
        return heard(nodes, seen.body, seen.topic, seen.received_at)

    def declared(self, memory: object) -> frozenset[str]:
        """Nodes declare no topics."""
        return frozenset()

    def rebirth(self, node: str) -> tuple[str, bytes]:
        """Topic and payload of the command that asks the node `spb-bridge:...` for its births."""
        group, _, edge = node.removeprefix(NODE).partition("/")
        return f"{self.base}/{group}/NCMD/{edge}", rebirth_command()

    def _place(self, topic: str) -> tuple[str, str, str] | str:
        """Type, node and device of a topic; a reason, which is empty for what others say."""
        parts = topic.split("/")
        if parts[0] != self.base or len(parts) < 3 or any(not one for one in parts):
            return "not under the name space"
        if parts[1] == "STATE" or parts[2] in ("NCMD", "DCMD"):
            return ""
        if max(map(len, parts)) > LONGEST_NAME or "\0" in topic:
            return "a name that cannot be stored"
        node = "/".join((parts[1], *parts[3:4]))
        if len(parts) == 4 and parts[2] in NODE_TYPES:
            return parts[2], node, ""
        if len(parts) == 5 and parts[2] in DEVICE_TYPES:
            return parts[2], node, f"{node}/{parts[4]}"
        return "no type of message of Sparkplug"


def _said(
    kind: str, node: str, device: str, payload: Payload, topic: str, received_at: datetime
) -> Partial:
    said = Said(kind, node, device, payload)
    return Partial(f"spb:{device or node}", topic, said, False, received_at)
