"""What Homie devices have described of themselves, and whose root is lost. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType

from msgspec import structs

from devices.families.message import LONGEST_TEXT, Message
from devices.families.values import text_of
from devices.payloads import BadPayload, Json, read_json
from devices.readings import Alive, Availability, Discovery, Observation, Partial, Reading

MOST_DEVICES = 500
MOST_PROPERTIES = 500
LARGEST_DESCRIPTION = 256 * 1024
WORD = re.compile(r"[a-z0-9-]{1,80}\Z")


@dataclass(frozen=True, slots=True)
class Property:
    """How a property's texts are to be read; without `datatype` nobody has said."""

    datatype: str = ""
    unit: str = ""
    format: str = ""
    is_retained: bool = True


@dataclass(frozen=True, slots=True)
class Life:
    """A device's word about itself; a lost root takes its children along."""

    said: Availability
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """All that one device says of itself."""

    properties: Mapping[str, Property] = field(default_factory=lambda: MappingProxyType({}))
    root: str = ""


@dataclass(frozen=True, slots=True)
class Devices:
    """The descriptions by device."""

    known: Mapping[str, Description] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, device: str) -> Mapping[str, Property]:
        """The described properties of a device by `node/property`."""
        return self.known.get(device, Description()).properties


def described(device: str, message: Message) -> Sequence[Reading] | BadPayload:
    """The fifth edition's description: one JSON object for the whole device."""
    if not message.payload:
        return []
    value = read_json(message.payload, LARGEST_DESCRIPTION)
    if isinstance(value, BadPayload):
        return value
    if not isinstance(value, dict):
        return BadPayload("not a JSON object")
    listed = list(islice(_properties(value.get("nodes")), MOST_PROPERTIES))
    base = message.topic.removesuffix("/$description")
    found = Discovery(
        device,
        message.received_at,
        name=text_of(value.get("name")),
        model=text_of(value.get("type")),
        channels=tuple(place for place, _ in listed),
        topics=tuple((place, f"{base}/{place}") for place, _ in listed),
    )
    description = Description(dict(listed), text_of(value.get("root")))
    body = Partial(device, message.topic, description, message.retained, message.received_at)
    return [found, body]


def _properties(nodes: Json) -> Iterator[tuple[str, Property]]:
    for node, about in nodes.items() if isinstance(nodes, dict) else ():
        listed = about.get("properties") if isinstance(about, dict) else None
        for name, one in listed.items() if isinstance(listed, dict) else ():
            if isinstance(one, dict) and WORD.match(node) and WORD.match(name):
                yield (
                    f"{node}/{name}",
                    Property(
                        datatype=text_of(one.get("datatype")),
                        unit=text_of(one.get("unit")),
                        format=text_of(one.get("format"), LONGEST_TEXT * 4),
                        is_retained=one.get("retained") is not False,
                    ),
                )


def told_of(devices: Devices, device: str, body: object) -> Devices:
    """After a description, or after one attribute of a property (the fourth edition)."""
    before = devices.known.get(device)
    if before is None and len(devices.known) >= MOST_DEVICES:
        return devices
    if isinstance(body, Description):
        return Devices({**devices.known, device: body})
    if not isinstance(body, tuple):
        return devices
    now = _attribute(before or Description(), *body)
    return Devices({**devices.known, device: now})


def _attribute(before: Description, place: str, name: str, text: str) -> Description:
    known = before.properties.get(place, Property())
    match name:
        case "$datatype":
            known = replace(known, datatype=text)
        case "$unit":
            known = replace(known, unit=text)
        case "$format":
            known = replace(known, format=text)
        case "$retained":
            known = replace(known, is_retained=text != "false")
        case _:
            return before
    if place not in before.properties and len(before.properties) >= MOST_PROPERTIES:
        return before
    return replace(before, properties={**before.properties, place: known})


def lives(devices: Devices, device: str, life: Life) -> tuple[Devices, Sequence[Observation]]:
    """The device's word; when it is lost, its children are lost with it."""
    if not life.is_lost:
        return devices, (life.said,)
    root = device.removeprefix("homie:")
    children = [name for name, one in devices.known.items() if one.root == root]
    lost = [structs.replace(life.said, device=name, alive=Alive.offline) for name in children]
    return devices, (life.said, *lost)
