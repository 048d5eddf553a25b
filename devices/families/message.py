"""One message as it came, and the observations that can be made of it. Pure.

Every family builds its observations here, so that all say the same things in the same way.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from devices.payloads import BadPayload, Json, read_json
from devices.readings import (
    Alive,
    Availability,
    Capability,
    Diagnostic,
    Event,
    EventKind,
    Finding,
    Level,
    Malformed,
    Quality,
    State,
)
from devices.typed import kept

LONGEST_TEXT = 120
OLDEST = datetime(2015, 1, 1, tzinfo=UTC)
"""A device that names an earlier time has never set its clock."""
NEWEST = timedelta(days=1)
MOST_NUMBER = 10.0**12
"""JSON has numbers that no float can hold: who compares one later must not fall over it."""
COUNTS: Mapping[str, int] = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5}


class Message(Struct, frozen=True, gc=False):
    """A message; `bridge` is the gateway's id when a device speaks through one."""

    topic: str
    payload: bytes
    retained: bool
    received_at: datetime
    bridge: str = ""

    def level(
        self,
        device: str,
        capability: Capability,
        value: Level,
        place: str = "",
        *,
        channel: str = "",
        at: datetime | None = None,
        dedupe: str = "",
        quality: Quality = Quality.good,
    ) -> State:
        """A level of a capability; None without a `quality` is unknown."""
        value = believable(value)
        lost = value is None and quality is Quality.good
        return State(
            device=device,
            channel=(channel or channel_of(capability, place))[:LONGEST_TEXT],
            capability=capability,
            value=value,
            received_at=self.received_at,
            retained=self.retained,
            device_time=at,
            bridge=self.bridge,
            quality=Quality.unknown if lost else quality,
            dedupe=dedupe,
        )

    def press(
        self, device: str, button: str, word: str, key: str = "", *, at: datetime | None = None
    ) -> list[Event]:
        """A press, or nothing from a replay; `key` is the device's own number of it."""
        channel = f"button-{button}"[:LONGEST_TEXT]
        return self.once(device, channel, EventKind.press, kept(word, channel), key, at=at)

    def once(
        self,
        device: str,
        channel: str,
        kind: EventKind,
        value: str,
        key: str = "",
        *,
        at: datetime | None = None,
        track: str = "",
        score: float | None = None,
        candidates: tuple[str, ...] = (),
        facts: Mapping[str, str] | None = None,
        source: str = "",
    ) -> list[Event]:
        """An event, or nothing from a replay. Without `key` each message is its own happening,
        but for copies: at once by the same `source`, within two seconds by another.
        """
        if self.retained:
            return []
        own = key or f"{value}/{self.received_at.isoformat()}"
        event = Event(
            device=device,
            channel=channel,
            kind=kind,
            value=value[:LONGEST_TEXT],
            key=f"{device}/{channel}/{own}",
            received_at=self.received_at,
            count=COUNTS.get(value, 1),
            score=score,
            candidates=candidates,
            track=track,
            facts=tuple(sorted((facts or {}).items())),
            device_time=at,
            bridge=self.bridge,
            alike="" if key else f"{channel}/{value}",
            source=source,
        )
        return [event]

    def alive(self, device: str, alive: Alive, boot: str = "") -> Availability:
        """A word about being there."""
        return Availability(device, alive, self.received_at, self.retained, boot, self.bridge)

    def finding(
        self, device: str, finding: Finding, text: str = "", interval: float | None = None
    ) -> Diagnostic:
        """Something for the device page; `interval` in seconds."""
        return Diagnostic(device, finding, self.received_at, text, interval, bridge=self.bridge)

    def malformed(self, reason: str, device: str = "") -> list[Malformed]:
        """That this message cannot be read."""
        return [Malformed(self.topic, reason, device, self.bridge)]

    def read_object(self, most_bytes: int | None = None) -> dict[str, Json] | BadPayload:
        """The payload as a JSON object, or why not."""
        value = read_json(self.payload, most_bytes) if most_bytes else read_json(self.payload)
        if isinstance(value, dict | BadPayload):
            return value
        return BadPayload("not a JSON object")

    def believed(self, at: datetime | None) -> datetime | None:
        """A device's own time, unless its clock was never set or runs ahead by a day."""
        if at is None or not OLDEST <= at <= self.received_at + NEWEST:
            return None
        return at


def believable(value: Level) -> Level:
    """The value, but None for a number that nothing in a workshop can have."""
    if isinstance(value, int | float) and not -MOST_NUMBER <= value <= MOST_NUMBER:
        return None
    return value


def channel_of(capability: Capability, place: str = "") -> str:
    """`distance`, or `distance-left` where a device has several."""
    return f"{capability.value}-{place}" if place else capability.value


def split(base: str, topic: str) -> tuple[str, str]:
    """The part of a topic that a base with `+` in it takes, and the rest; empty if it does not."""
    shape, words = base.split("/"), topic.split("/")
    head = words[: len(shape)]
    if len(head) < len(shape) or not all(a in ("+", b) for a, b in zip(shape, head, strict=True)):
        return "", ""
    return "/".join(head), "/".join(words[len(shape) :])
