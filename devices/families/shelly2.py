"""Shelly from the second generation on: status per component, notifications. Pure.

A notification is an overlay: only what stands in it has changed. A device that sleeps goes
offline between its reports; what it told of its waking is remembered, so that this is no fault.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from devices.families.message import Message, split
from devices.families.shelly_names import discovery
from devices.families.shelly_parts import COMPONENTS, part, presses
from devices.families.values import moment
from devices.payloads import BadPayload, Json, read_text
from devices.readings import Alive, Availability, Finding, Observation, Partial, Reading

MOST_SLEEPERS = 1000
MOST_PARTS = 100
STATUS = ("NotifyStatus", "NotifyFullStatus")


@dataclass(frozen=True, slots=True)
class Sleepers:
    """The devices that have told how often they wake."""

    seconds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ShellyGen2:
    """Adapter of the devices under one topic prefix; `+` is any word."""

    base: str = "+"

    @property
    def filters(self) -> tuple[str, ...]:
        """Notifications, status and presence. With `+` they are greedy: better one per device."""
        ends = ("online", "status/+", "events/rpc", "announce")
        return tuple(f"{self.base}/{end}" for end in ends)

    def claim(self, topic: str) -> float:
        """Surer of what calls itself a Shelly than of a prefix that people chose."""
        device, what = self._split(topic)
        if not device:
            return 0.0
        kind = what.removeprefix("status/").partition(":")[0]
        shaped = what == "events/rpc" or (what.startswith("status/") and kind in COMPONENTS)
        own = self.base != "+" or device.startswith("shelly")
        return (0.9 if own else 0.6) if shaped else (0.8 if own else 0.2)

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Reading]:
        """The meaning of one message."""
        message = Message(topic, payload, retained, received_at)
        name, what = self._split(topic)
        if not name:
            return message.malformed("not a topic of this prefix")
        if not payload:
            return []
        device = f"shelly:{name}"
        found = _read(device, what, message)
        return message.malformed(found.reason, device) if isinstance(found, BadPayload) else found

    def complete(
        self, memory: object | None, seen: Partial
    ) -> tuple[object, Sequence[Observation]]:
        """Remembers who sleeps: of these, offline means asleep."""
        sleepers = memory if isinstance(memory, Sleepers) else Sleepers()
        if isinstance(seen.body, float):
            known = {**sleepers.seconds, seen.device: seen.body}
            return (Sleepers(known) if len(known) <= MOST_SLEEPERS else sleepers), ()
        asleep = seen.device in sleepers.seconds
        alive = Alive.sleeping if asleep else Alive.offline
        return sleepers, (Availability(seen.device, alive, seen.received_at, seen.retained),)

    def declared(self, memory: object) -> Set[str]:
        """None: everything comes under the prefix."""
        return frozenset()

    def _split(self, topic: str) -> tuple[str, str]:
        """The prefix and what follows it; both empty for a topic of somebody else."""
        prefix, what = split(self.base, topic)
        shaped = what in ("online", "events/rpc", "announce") or (
            what.startswith("status/") and "/" not in what.removeprefix("status/")
        )
        return (prefix, what) if prefix and shaped else ("", "")


def _read(device: str, what: str, message: Message) -> Sequence[Reading] | BadPayload:
    if what == "online":
        return _online(device, message)
    if what == "announce":
        return discovery(message, device)
    value = message.read_object()
    if isinstance(value, BadPayload):
        return value
    if what.startswith("status/"):
        return part(device, what.removeprefix("status/"), value, None, message)
    params = value.get("params")
    if not isinstance(params, dict):
        return BadPayload("params is not an object")
    method = value.get("method")
    if method == "NotifyEvent":
        return presses(device, params.get("events"), message)
    return _overlay(device, params, message) if method in STATUS else []


def _overlay(
    device: str, params: dict[str, Json], message: Message
) -> Sequence[Reading] | BadPayload:
    told = moment(params.get("ts"))
    at = message.believed(told)
    found: list[Reading] = []
    for key, value in list(params.items())[:MOST_PARTS]:
        if isinstance(value, dict):
            one = part(device, key, value, at, message)
            if isinstance(one, BadPayload):
                return one
            found += one
    off = [message.finding(device, Finding.clock)] if told and at is None else []
    return [*found, *off]


def _online(device: str, message: Message) -> Sequence[Reading] | BadPayload:
    word = read_text(message.payload)
    if isinstance(word, BadPayload):
        return word
    if word.strip() == "true":
        return [message.alive(device, Alive.online)]
    if word.strip() != "false":
        return BadPayload("not true or false")
    return [Partial(device, message.topic, None, message.retained, message.received_at)]
