"""esp-rfid: badges at a reader, its door, and that it lives. Pure.

Its topic is the shop's own: without a base any topic that ends like one of its is taken, and a
reader is named by what it says of itself. The names of people are not read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from devices.families.message import Message, split
from devices.families.values import moment, number, text_of, uid, whole
from devices.payloads import BadPayload, Json
from devices.readings import Alive, Capability, EventKind, Finding, Malformed, Observation

ENDS = ("send", "sync")
LIVES = ("heartbeat", "boot")
DOORS = {"door open": True, "door opened": True, "door closed": False, "door close": False}


@dataclass(frozen=True, slots=True)
class EspRfid:
    """Adapter of the readers under one topic."""

    base: str = ""

    @property
    def filters(self) -> tuple[str, ...]:
        """What readers tell, not what they are told."""
        return tuple(f"{self.base or '+'}/{end}" for end in ENDS)

    def claim(self, topic: str) -> float:
        """Sure under its own topic; without one the ending is a hint."""
        if self.base:
            return float(split(self.base, topic)[1] in ENDS)
        head, _, end = topic.rpartition("/")
        return 0.4 if end in ENDS and head else 0.0

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Observation]:
        """The meaning of one message."""
        if not self.claim(topic):
            return [Malformed(topic, "not a topic of a reader")]
        if not payload:
            return []
        message = Message(topic, payload, retained, received_at)
        value = message.read_object()
        if isinstance(value, BadPayload):
            return message.malformed(value.reason)
        device = _device(value, topic.rpartition("/")[0])
        return _read(device, value, message)


def _device(value: dict[str, Json], topic: str) -> str:
    """A reader by the name it gives itself, else by its topic."""
    told = (text_of(value.get(key)).strip() for key in ("door", "hostname"))
    return f"esprfid:{next(filter(None, told), topic[:120])}"


def _read(device: str, value: dict[str, Json], message: Message) -> Sequence[Observation]:
    told = moment(number(value.get("time")))
    at = message.believed(told)
    off = [message.finding(device, Finding.clock)] if "time" in value and at is None else []
    kind = text_of(value.get("type")).lower()
    if kind in LIVES:
        return [message.alive(device, Alive.online), *off]
    if kind == "access":
        return [*_badge(device, value, message, at), *off]
    word, source = text_of(value.get("desc")).strip().lower(), text_of(value.get("src"))
    if source == "door" and word in DOORS:
        return [message.level(device, Capability.door, DOORS[word], at=at), *off]
    if source == "doorbell":
        key = f"bell/{at.isoformat()}" if at else ""
        return [*message.press(device, "bell", "single", key, at=at), *off]
    return []


def _badge(
    device: str, value: dict[str, Json], message: Message, at: datetime | None
) -> Sequence[Observation]:
    """A scan; who it is and whether it counts is for the shop's own table to say."""
    told = value.get("uid")
    badge = uid(told if whole(told) is None else str(told))
    if not badge:
        return message.malformed("uid is no badge", device)
    known = value.get("isKnown") is True or text_of(value.get("isKnown")).lower() == "true"
    key = f"{badge}/{at.isoformat()}" if at else ""
    channel = f"badge-{name}" if (name := text_of(value.get("doorName"))) else "badge"
    facts = {"reader_says": "known" if known else "unknown"}
    return message.once(device, channel, EventKind.badge, badge, key, at=at, facts=facts)
