"""Frigate: plates by tracked car, cars in zones, whether it runs. Pure.

Counts come for cameras and for zones alike, nothing tells them apart: a shop binds its zones.
Names that people gave to known plates are not read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from devices.families.message import Message, split
from devices.families.values import moment, number, plate, text_of
from devices.payloads import BadPayload, Json, read_text
from devices.readings import Alive, Capability, EventKind, Finding, Malformed, Observation, State

VEHICLES = ("car", "truck", "bus", "motorcycle", "van")
MOST_COUNTED = 1000
MOST_ZONES = 20
ALIVE = {"online": Alive.online, "offline": Alive.offline, "stopped": Alive.offline}


@dataclass(frozen=True, slots=True)
class Frigate:
    """Adapter of one Frigate, named by its topic prefix."""

    base: str = "frigate"

    @property
    def filters(self) -> tuple[str, ...]:
        """Without pictures, statistics and switches."""
        told = ("available", "events", "tracked_object_update")
        return tuple(f"{self.base}/{one}" for one in (*told, *(f"+/{one}" for one in VEHICLES)))

    def claim(self, topic: str) -> float:
        """Sure of everything under its prefix."""
        return float(split(self.base, topic)[1] != "")

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Observation]:
        """The meaning of one message."""
        prefix, name = split(self.base, topic)
        if not name:
            return [Malformed(topic, "not under the topic prefix")]
        if not payload:
            return []
        bridge = f"frigate-bridge:{prefix}"
        message = Message(topic, payload, retained, received_at, bridge)
        if name == "available":
            return _alive(bridge, Message(topic, payload, retained, received_at))
        zone, _, what = name.partition("/")
        found = _count(zone, what, message) if what in VEHICLES else _told(name, message)
        return message.malformed(found.reason) if isinstance(found, BadPayload) else found


def _told(name: str, message: Message) -> Sequence[Observation] | BadPayload:
    if name not in ("events", "tracked_object_update"):
        return []
    value = message.read_object()
    if isinstance(value, BadPayload):
        return value
    if name == "tracked_object_update":
        if value.get("type") != "lpr":
            return []
        return _plate(value, value.get("plate"), value.get("score"), "timestamp", message)
    after = value.get("after")
    if not isinstance(after, dict):
        return BadPayload("after is no object")
    if after.get("false_positive") is True or after.get("label") not in VEHICLES:
        return []
    told, score = _recognized(after)
    read = _plate(after, told, score, "frame_time", message)
    if isinstance(read, BadPayload) or value.get("type") == "end":
        return read
    return [*_parked(after, message), *read]


def _recognized(after: dict[str, Json]) -> tuple[Json, Json]:
    """The plate of a tracked object: a text with its score beside it, or both in a list."""
    told = after.get("recognized_license_plate")
    if isinstance(told, list):
        return (told[0], told[1] if len(told) > 1 else None) if told else (None, None)
    return told, after.get("recognized_license_plate_score")


def _plate(
    value: dict[str, Json], told: Json, score: Json, clock: str, message: Message
) -> Sequence[Observation] | BadPayload:
    """A read; of one track only a surer one passes later."""
    camera, track, read = text_of(value.get("camera")), text_of(value.get("id")), plate(told)
    if not camera:
        return BadPayload("no camera")
    if not read:
        return []
    device, told_at, sure = f"frigate:{camera}", moment(value.get(clock)), number(score)
    at = message.believed(told_at)
    zones = [one for one in _zones(value) if "," not in one]
    found = message.once(
        device,
        "plate",
        EventKind.plate,
        read,
        f"{track}/{value.get(clock)}/{read}" if track and at else "",
        at=at,
        track=track,
        score=sure if sure is not None and 0 <= sure <= 1 else None,
        facts={"zones": ",".join(zones)} if zones else None,
    )
    is_off = found and told_at is not None and at is None
    return [*found, message.finding(device, Finding.clock)] if is_off else found


def _parked(after: dict[str, Json], message: Message) -> list[State]:
    """A car that stands in a zone; that one has left is told by the count alone."""
    if after.get("stationary") is not True:
        return []
    at = message.believed(moment(after.get("frame_time")))
    return [_occupied(zone, str(after["label"]), True, message, at) for zone in _zones(after)]


def _zones(value: dict[str, Json]) -> list[str]:
    listed = value.get("current_zones")
    told = listed[:MOST_ZONES] if isinstance(listed, list) else []
    return [text_of(one) for one in told if text_of(one)]


def _count(zone: str, label: str, message: Message) -> Sequence[Observation] | BadPayload:
    text = read_text(message.payload, 100)
    if isinstance(text, BadPayload):
        return text
    count = number(text)
    if count is None or not 0 <= count <= MOST_COUNTED or count != int(count):
        return BadPayload("not a count")
    return [_occupied(zone, label, count > 0, message)]


def _occupied(
    zone: str, label: str, occupied: bool, message: Message, at: datetime | None = None
) -> State:
    """Each kind of vehicle has a channel of its own: no car does not mean no lorry."""
    place = zone if label == "car" else f"{zone}-{label}"
    return message.level(f"frigate:zone/{zone}", Capability.occupancy, occupied, place, at=at)


def _alive(bridge: str, message: Message) -> Sequence[Observation]:
    word = read_text(message.payload, 100)
    alive = None if isinstance(word, BadPayload) else ALIVE.get(word.strip().lower())
    if alive is None:
        return message.malformed("not online, offline or stopped", bridge)
    return [message.alive(bridge, alive)]
