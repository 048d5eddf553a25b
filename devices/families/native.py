"""The scheme for devices that follow our own specification: shop/<site>/dev/<id>/... Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from msgspec.structs import replace

from devices.families.message import Message, believable
from devices.families.values import iso_moment, moment, number, percent, plate, press, uid
from devices.payloads import BadPayload, Json, read_json
from devices.readings import (
    Alive,
    Availability,
    Capability,
    Discovery,
    Event,
    EventKind,
    Malformed,
    Observation,
    Quality,
    State,
)
from devices.topics import ROOT, DeviceTopic, Part, device_filter, parse
from devices.typed import kept

NUMBERS = frozenset(
    {
        Capability.distance,
        Capability.battery,
        Capability.battery_mv,
        Capability.link,
        Capability.angle,
    }
)
TWO_WORDS = (Capability.battery_mv, Capability.battery_low, Capability.tag_presence)
POSITIONS = ("down", "up", "between")
QUALITIES = {one.value: one for one in Quality}
LONGEST_TEXT = 80
MOST_WHOLE = 2**63
MOST_CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class Native:
    """Adapter of one site's native devices."""

    site: str = "main"

    @property
    def filters(self) -> tuple[str, ...]:
        """Every native device of the site."""
        return (device_filter(self.site),)

    def claim(self, topic: str) -> float:
        """Sure of every topic under the site's devices."""
        return float(topic.startswith(f"{ROOT}/{self.site}/dev/"))

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Observation]:
        """The meaning of one message; an emptied retained topic means nothing."""
        place = parse(topic)
        if place is None or place.site != self.site:
            return [Malformed(topic, "not a topic of the native scheme")]
        if not payload or place.part in (Part.command, Part.answer):
            return []
        value = read_json(payload)
        device = stable_id(place.device)
        if isinstance(value, BadPayload):
            return [Malformed(topic, value.reason, device)]
        if not isinstance(value, dict):
            return [Malformed(topic, "not a JSON object", device)]
        found = _read(place, value, retained, received_at)
        return [Malformed(topic, found, device)] if isinstance(found, str) else found


def stable_id(device: str) -> str:
    """The id under which a native device is bound to a bay."""
    return f"native:{device}"


def _read(
    place: DeviceTopic, value: dict[str, Json], retained: bool, received_at: datetime
) -> list[Observation] | str:
    match place.part:
        case Part.state:
            return _state(place, value, retained, received_at)
        case Part.status:
            return _status(place, value, retained, received_at)
        case Part.event:
            return [] if retained else _event(place, value, received_at)
        case _:
            return _info(place, value, received_at)


def _state(
    place: DeviceTopic, value: dict[str, Json], retained: bool, received_at: datetime
) -> list[Observation] | str:
    capability = capability_of(place.channel)
    if capability is None:
        return "not a topic of the native scheme" if "_" in place.channel else []
    if "v" not in value:
        return "v is missing"
    quality = QUALITIES.get(str(value.get("q", "good")), Quality.bad)
    level = value["v"] if quality is Quality.good else None
    if level is not None and not _fits(capability, level):
        return f"v is not {_wanted(capability)}"
    assert level is None or isinstance(level, bool | int | float | str)
    level = percent(level) if capability is Capability.battery else believable(level)
    return [
        State(
            device=stable_id(place.device),
            channel=place.channel,
            capability=capability,
            value=level,
            received_at=received_at,
            retained=retained,
            device_time=_time(value.get("t")),
            number=_whole(value.get("n")),
            quality=Quality.unknown if level is None and quality is Quality.good else quality,
        )
    ]


@lru_cache(256)
def capability_of(channel: str) -> Capability | None:
    """What a channel measures: the word before its first hyphen (`distance-left`), or two."""
    plain = channel.replace("-", "_")
    for two in TWO_WORDS:
        if plain == two or plain.startswith(f"{two}_"):
            return two
    try:
        return Capability(channel.partition("-")[0])
    except ValueError:
        return None


def _wanted(capability: Capability) -> str:
    if capability is Capability.lift:
        return "down, up or between"
    return "a number" if capability in NUMBERS else "a boolean"


def _fits(capability: Capability, level: Json) -> bool:
    if capability is Capability.lift:
        return level in POSITIONS
    if capability in NUMBERS:
        return isinstance(level, int | float) and not isinstance(level, bool)
    return isinstance(level, bool)


def _status(
    place: DeviceTopic, value: dict[str, Json], retained: bool, received_at: datetime
) -> list[Observation] | str:
    try:
        alive = Alive(str(value.get("s")))
    except ValueError:
        return "s is not online, offline or sleeping"
    boot = value.get("boot")
    named = str(boot) if isinstance(boot, int | str) and not isinstance(boot, bool) else ""
    named = named[:LONGEST_TEXT]
    return [Availability(stable_id(place.device), alive, received_at, retained, named)]


def _event(
    place: DeviceTopic, value: dict[str, Json], received_at: datetime
) -> list[Observation] | str:
    try:
        kind = EventKind(str(value.get("e")))
    except ValueError:
        return "e is not press, badge or plate"
    what, key = value.get("k"), _own(value.get("id"))
    if not isinstance(what, str) or not 0 < len(what) <= LONGEST_TEXT:
        return "k is not a short text"
    if not 0 < len(key) <= LONGEST_TEXT:
        return "id is not a short text"
    said = _said(kind, what, place.channel)
    if not said:
        return "k is not a short text"
    device = stable_id(place.device)
    whole_key = f"{device}/{place.channel}/{key}"
    at = Message("", b"", False, received_at).believed(_time(value.get("t")))
    event = Event(device, place.channel, kind, said, whole_key, received_at, device_time=at)
    return [_as_plate(event, value) if kind is EventKind.plate else event]


def _own(value: Json) -> str:
    """The device's own number of a happening, which may be a plain number."""
    return str(value) if _whole(value) is not None else value if isinstance(value, str) else ""


def _said(kind: EventKind, what: str, channel: str) -> str:
    """Plates, badges and presses as all families tell them: one card has one number."""
    match kind:
        case EventKind.plate:
            return plate(what)
        case EventKind.badge:
            return uid(what) or what.strip()
        case EventKind.press:
            return kept(press(what) or what.strip(), channel)
    return what.strip()


def _as_plate(event: Event, value: dict[str, Json]) -> Event:
    """How sure the read is, what else it may be, and which car in the picture it is of, where the
    camera says so.
    """
    told, track = number(value.get("score")), value.get("track")
    score = told if told is not None and 0 <= told <= 1 else None
    named = track[:LONGEST_TEXT] if isinstance(track, str) else ""
    listed = value.get("candidates")
    others = map(plate, listed[:MOST_CANDIDATES] if isinstance(listed, list) else [])
    known = tuple(dict.fromkeys(one for one in others if one))
    return replace(event, score=score, track=named, candidates=known)


def _info(
    place: DeviceTopic, value: dict[str, Json], received_at: datetime
) -> list[Observation] | str:
    listed = value.get("caps", [])
    if not isinstance(listed, list):
        return "caps is not a list"
    channels = tuple(str(name)[:LONGEST_TEXT] for name in listed[:50])
    model = str(value.get("model", ""))[:LONGEST_TEXT]
    device = stable_id(place.device)
    every = number(value.get("interval_s"))
    known = every if every is not None and every > 0 else None
    found = Discovery(device, received_at, model=model, channels=channels, interval_seconds=known)
    return [found]


def _time(value: Json) -> datetime | None:
    """Unix time or ISO as a moment; a clock that gives nonsense is no evidence, not a fault."""
    return moment(value) or iso_moment(value)


def _whole(value: Json) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if abs(value) < MOST_WHOLE else None
