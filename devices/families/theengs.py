"""OpenMQTTGateway and Theengs: what gateways hear of Bluetooth sensors around them. Pure.

Several gateways hear one packet: the first tells, another one only that it hears better. Phones,
tags and beacons of passers-by say nothing to a workshop. A shop may name all that it wants to hear.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from devices.families.message import Message, split
from devices.families.theengs_values import levels, presses
from devices.families.values import number, text_of, whole
from devices.payloads import BadPayload, Json, read_text
from devices.readings import (
    Alive,
    Capability,
    Finding,
    Malformed,
    Observation,
    Partial,
    Reading,
    State,
)

WITHIN = timedelta(seconds=10)
MOST_PACKETS = 1000
MAC = re.compile(r"[0-9A-F]{12}\Z")
RADIO = ("rssi", "distance", "gateway", "servicedata", "manufacturerdata")
"""What differs between gateways that hear the same."""
PASSING = ("BCON", "RMAC", "TRACK", "PHONE", "WATCH")
LIFE = ("online", "offline")


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet as one gateway heard it."""

    name: str
    rssi: float | None
    found: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Packets:
    """When each packet was first heard, and how well at best; the oldest are forgotten."""

    heard: Mapping[tuple[str, str], tuple[datetime, float | None]] = field(
        default_factory=lambda: MappingProxyType({})
    )


@dataclass(frozen=True, slots=True)
class Theengs:
    """Adapter of all gateways under one topic. `only`: the addresses that are read, or with a `*`
    their beginnings; empty for all but passers-by. Of a tag that is named its presence counts.
    """

    base: str = "home"
    only: frozenset[str] = frozenset()

    @property
    def filters(self) -> tuple[str, ...]:
        """What gateways hear over Bluetooth, and their wills."""
        return (f"{self.base}/+/BTtoMQTT/#", f"{self.base}/+/LWT")

    def claim(self, topic: str) -> float:
        """Sure of what was heard, half sure of wills."""
        place = self._place(topic)
        return 0.0 if place is None else 0.5 if place[1] == "LWT" else 1.0

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Reading]:
        """The meaning of one message, before it is known whether another gateway told it."""
        place = self._place(topic)
        if place is None:
            return [Malformed(topic, "not a topic of a gateway")]
        if not payload:
            return []
        gateway, kind, address = place
        bridge = f"omg-bridge:{gateway}"
        if kind == "LWT":
            return _alive(bridge, Message(topic, payload, retained, received_at))
        message = Message(topic, payload, retained, received_at, bridge)
        if address and not self._hears(address):
            return []
        value = message.read_object()
        if isinstance(value, BadPayload):
            return message.malformed(value.reason, f"ble:{address}" if address else "")
        mac = _address(value, address)
        if not mac:
            return message.malformed("no address of a device")
        if not self._hears(mac):
            return []
        packet = _packet(mac, value, message, bool(self.only) and _passes_by(value))
        if isinstance(packet, BadPayload):
            return message.malformed(packet.reason, f"ble:{mac}")
        if not packet.found:
            return []
        return [Partial(f"ble:{mac}", topic, packet, retained, received_at)]

    def complete(
        self, memory: object | None, seen: Partial
    ) -> tuple[object, Sequence[Observation]]:
        """The packets after one of them, and what it tells anew."""
        packets, packet = memory if isinstance(memory, Packets) else Packets(), seen.body
        assert isinstance(packet, Packet)
        if seen.retained:
            return packets, packet.found
        key, now = (seen.device, packet.name), seen.received_at
        first, best = packets.heard.get(key, (now, None))
        # A copy as a whole: two thousand passers-by would make a loop here slow.
        kept = dict(packets.heard)
        kept.pop(key, None)
        if len(kept) >= MOST_PACKETS:
            del kept[next(iter(kept))]
        if key not in packets.heard or abs(now - first) > WITHIN:
            return Packets({**kept, key: (now, packet.rssi)}), packet.found
        is_better = packet.rssi is not None and (best is None or packet.rssi > best)
        radio = [one for one in packet.found if _is_radio(one)] if is_better else []
        return Packets({**kept, key: (first, packet.rssi if is_better else best)}), radio

    def declared(self, memory: object) -> frozenset[str]:
        """Gateways declare no topics."""
        return frozenset()

    def _hears(self, mac: str) -> bool:
        if not self.only or mac in self.only:
            return True
        return any(one[-1] == "*" and mac.startswith(one[:-1]) for one in self.only)

    def _place(self, topic: str) -> tuple[str, str, str] | None:
        """Gateway, kind of message and address of a topic."""
        parts = split(self.base, topic)[1].split("/")
        if not parts[0] or not 2 <= len(parts) <= 3:
            return None
        if parts[1] == "LWT" and len(parts) == 2:
            return parts[0], "LWT", ""
        if parts[1] != "BTtoMQTT":
            return None
        told = parts[2].replace(":", "").upper() if len(parts) == 3 else ""
        return parts[0], "BTtoMQTT", told if MAC.match(told) else ""


def _address(value: dict[str, Json], address: str) -> str:
    """The device's own address, the gateway's word for it, or that of the topic."""
    for key in ("mac", "id"):
        told = text_of(value.get(key)).replace(":", "").upper()
        if MAC.match(told):
            return told
    return address


def _packet(
    mac: str, value: dict[str, Json], message: Message, is_tag: bool
) -> Packet | BadPayload:
    device = f"ble:{mac}"
    count = whole(value.get("packet"))
    name = f"packet:{count}" if count is not None else f"hash:{_digest(value)}"
    rssi = number(value.get("rssi"))
    if value.get("cipher") and value.get("encr"):
        told = message.finding(device, Finding.encrypted, "it speaks in cipher, without a key")
        return Packet(name, rssi, (told, *_model(device, value, message)))
    if not is_tag and _passes_by(value):
        return Packet(name, rssi, ())
    known = levels(device, value, message, name, is_tag)
    if isinstance(known, BadPayload):
        return known
    found: list[Observation] = [*known, *presses(device, value, message, _key(name, message))]
    if not found:
        return Packet(name, rssi, ())
    if rssi is not None:
        found.append(message.level(device, Capability.link, rssi, "rssi"))
    return Packet(name, rssi, (*found, *_model(device, value, message)))


def _model(device: str, value: dict[str, Json], message: Message) -> list[Observation]:
    model = text_of(value.get("model_id"))
    return [message.finding(device, Finding.model, model)] if model else []


def _key(name: str, message: Message) -> str:
    """Numbers of packets go round: ten minutes tell one round from the next."""
    at = message.received_at
    span = f"{at:%Y-%m-%dT%H}:{at.minute // 10}" if name.startswith("packet:") else at.isoformat()
    return f"{span}/{name}"


def _passes_by(value: dict[str, Json]) -> bool:
    """Whether it is what people carry about, which is theirs and not the shop's."""
    kind = text_of(value.get("type")).upper()
    return kind in PASSING or value.get("track") is True or "model_id" not in value


def _digest(value: dict[str, Json]) -> str:
    told = sorted((key, repr(one)) for key, one in value.items() if key not in RADIO)
    return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()[:16]


def _is_radio(one: Observation) -> bool:
    return isinstance(one, State) and one.capability is Capability.link


def _alive(bridge: str, message: Message) -> Sequence[Reading]:
    word = read_text(message.payload, 100)
    if isinstance(word, BadPayload) or word.strip().lower() not in LIFE:
        return message.malformed("not online or offline", bridge)
    return [message.alive(bridge, Alive(word.strip().lower()))]
