"""Shelly of the first generation: plain topics per value, presses with a counter. Pure.

The device sends its last press again with its periodic update, also after we were away: only
a counter that has moved is a press.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from msgspec import structs

from devices.families.message import Message
from devices.families.shelly_names import discovery
from devices.families.shelly_rollers import Moving, Rolled, rolled
from devices.families.values import number, percent, press, text_of
from devices.payloads import BadPayload, Json, read_text
from devices.readings import Alive, Capability, Event, Observation, Partial, Reading, State

TRUTH = {"true": True, "false": False, "1": True, "0": False, "on": True, "off": False}
PRESSES = {"SL": "short_long", "LS": "long_short"}
ROLLER = re.compile(r"roller/(?P<place>\d{1,2})(?P<position>/pos)?\Z")
PLACE = re.compile(r"(?P<what>relay|input|ext_switch|input_event)/(?P<place>\d{1,2})\Z")
LEVELS: Mapping[str, tuple[Capability, Mapping[str, bool]]] = {
    "sensor/state": (Capability.door, {"open": True, "close": False}),
    "sensor/motion": (Capability.motion, TRUTH),
    "sensor/vibration": (Capability.vibration, TRUTH),
    "sensor/flood": (Capability.leak, TRUTH),
}
NUMBERED = {"relay": Capability.output, "input": Capability.input, "ext_switch": Capability.input}
MOST_BUTTONS = 2000
SLEEPERS = ("shellydw", "shellyht-", "shellyflood", "shellysmoke-", "shellybutton1-")
"""Begins the id of what wakes to say something, and is gone from the network right after."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A press, or None from a replay, with the device's counter of presses."""

    button: str
    count: int
    event: Event | None


@dataclass(frozen=True, slots=True)
class Counters:
    """The last counter of each button, and since when it counts anew (empty: always the same);
    the doors that are on their way.
    """

    last: Mapping[tuple[str, str], tuple[int, str]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    moving: Moving = frozenset()


@dataclass(frozen=True, slots=True)
class ShellyGen1:
    """Adapter of every first-generation Shelly under one base topic."""

    base: str = "shellies"

    @property
    def filters(self) -> tuple[str, ...]:
        """Everything under the base topic."""
        return (f"{self.base}/#",)

    def claim(self, topic: str) -> float:
        """Sure of its base topic, which is not to be changed on these devices."""
        return 0.9 if topic.startswith(f"{self.base}/") else 0.0

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Reading]:
        """The meaning of one message; commands and measurements of power mean nothing."""
        message = Message(topic, payload, retained, received_at)
        _, _, rest = topic.partition(f"{self.base}/")
        if not topic.startswith(f"{self.base}/"):
            return message.malformed("not under the base topic")
        name, _, what = rest.partition("/")
        if not payload or rest == "command" or what.endswith("command"):
            return []
        device = f"shelly:{name}"
        found = discovery(message) if "announce" in (name, what) else _read(device, what, message)
        return message.malformed(found.reason, device) if isinstance(found, BadPayload) else found

    def complete(
        self, memory: object | None, seen: Partial
    ) -> tuple[object, Sequence[Observation]]:
        """A press whose counter has moved; after a restart of the device it counts anew. A door
        that stands.
        """
        counters = memory if isinstance(memory, Counters) else Counters()
        if isinstance(seen.body, Rolled):
            moving, found = rolled(counters.moving, seen.device, seen.body)
            return replace(counters, moving=moving), found
        assert isinstance(seen.body, Counted)
        body, place = seen.body, (seen.device, seen.body.button)
        last, since = counters.last.get(place, (None, ""))
        if last is not None and body.count < last:
            since = f"{seen.received_at.isoformat()}/"
        known = dict(counters.last)
        known.pop(place, None)
        if len(known) >= MOST_BUTTONS:
            del known[next(iter(known))]
        known[place] = (body.count, since)
        if body.event is None or body.count == last:
            return replace(counters, last=known), ()
        head, _, number_of_press = body.event.key.rpartition("/")
        key, is_new = f"{head}/{since}{number_of_press}", last is not None
        return replace(counters, last=known), (structs.replace(body.event, key=key, is_new=is_new),)

    def declared(self, memory: object) -> Set[str]:
        """None: everything comes under the base topic."""
        return frozenset()


def _read(device: str, what: str, message: Message) -> Sequence[Reading] | BadPayload:
    if what in ("info", "status"):
        return _info(device, message)
    word = read_text(message.payload)
    if isinstance(word, BadPayload):
        return word
    word = word.strip()
    if what == "online":
        alive = TRUTH.get(word)
        if alive is None:
            return BadPayload("not true or false")
        return [message.alive(device, Alive.online if alive else _away(device))]
    if what == "sensor/battery":
        return [message.level(device, Capability.battery, percent(word))]
    if what in LEVELS:
        return _level(device, LEVELS[what], word, message)
    return _numbered(device, what, word, message)


def _away(device: str) -> Alive:
    sleeps = device.partition(":")[2].lower().startswith(SLEEPERS)
    return Alive.sleeping if sleeps else Alive.offline


def _level(
    device: str, kind: tuple[Capability, Mapping[str, bool]], word: str, message: Message
) -> list[State] | BadPayload:
    capability, words = kind
    if word in ("unknown", "-1"):
        return [message.level(device, capability, None)]
    if word not in words:
        return BadPayload(f"not a word for {capability}")
    return [message.level(device, capability, words[word])]


def _numbered(
    device: str, what: str, word: str, message: Message
) -> Sequence[Reading] | BadPayload:
    if roller := ROLLER.match(what):
        told = Rolled(roller["place"], word, bool(roller["position"]), message)
        return [Partial(device, message.topic, told, message.retained, message.received_at)]
    place = PLACE.match(what)
    if place is None:
        return []
    if place["what"] == "input_event":
        return _press(device, place["place"], message)
    if word not in TRUTH:
        return [] if word == "overpower" else BadPayload("not on or off")
    capability = NUMBERED[place["what"]]
    name = place["place"] if place["what"] != "ext_switch" else f"ext_{place['place']}"
    return [message.level(device, capability, TRUTH[word], name)]


def _press(device: str, button: str, message: Message) -> Sequence[Reading] | BadPayload:
    value = message.read_object()
    if isinstance(value, BadPayload):
        return value
    said, told = text_of(value.get("event"), 8), number(value.get("event_cnt"))
    count = None if told is None or told != round(told) else round(told)
    if count is None:
        return BadPayload("event_cnt is not a whole number")
    word = PRESSES.get(said) or press(said)
    events = message.press(device, button, word, f"event_cnt:{count}") if word else []
    body = Counted(button, count, events[0] if events else None)
    return [Partial(device, message.topic, body, message.retained, message.received_at)]


def _info(device: str, message: Message) -> Sequence[Reading] | BadPayload:
    """The periodic report: strength of the radio, battery, motion, and who it is."""
    value = message.read_object()
    if isinstance(value, BadPayload):
        return value
    found: list[Reading] = list(discovery(message, device))
    wifi, battery = value.get("wifi_sta"), value.get("bat")
    strength = number(wifi.get("rssi")) if isinstance(wifi, dict) else None
    if strength is not None and strength < 0:
        found.append(message.level(device, Capability.link, strength, "rssi"))
    inside = value.get("sensor")
    sensed = inside if isinstance(inside, dict) else value
    for key, (capability, words) in LEVELS.items():
        level = sensed.get(key.removeprefix("sensor/"))
        known = words.get(level) if isinstance(level, str) else level
        if isinstance(known, bool) and sensed.get("is_valid") is not False:
            found.append(message.level(device, capability, known))
    return found + _battery(device, battery, message)


def _battery(device: str, told: Json, message: Message) -> list[Reading]:
    """As a number, or as an object with the voltage."""
    found: list[Reading] = []
    left = told.get("value") if isinstance(told, dict) else told
    if left is not None:
        found.append(message.level(device, Capability.battery, percent(left)))
    volts = number(told.get("voltage")) if isinstance(told, dict) else None
    if volts is not None and 0 < volts < 20:
        found.append(message.level(device, Capability.battery_mv, round(volts * 1000)))
    return found
