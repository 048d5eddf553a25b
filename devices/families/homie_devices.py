"""What Homie devices have described of themselves, and whose root is lost. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType

from msgspec import Raw, Struct, structs

from devices.families.message import LONGEST_TEXT, Message
from devices.families.values import text_of
from devices.payloads import BadPayload, members_of, read_json, shaped, written
from devices.readings import Alive, Availability, Discovery, Observation, Partial, Reading

MOST_DEVICES = 500
MOST_NODES = 1000
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


class Said(Struct, gc=False):
    """What is read of a description; its nodes are read one by one."""

    name: object = None
    type: object = None
    root: object = None
    nodes: Raw = Raw()


class Node(Struct, gc=False):
    """One node; its properties are read one by one."""

    properties: Raw = Raw()


class Told(Struct, gc=False):
    """What a description says of a property."""

    datatype: object = None
    unit: object = None
    format: object = None
    retained: object = None


def described(device: str, message: Message) -> Sequence[Reading] | BadPayload:
    """The fifth edition's description: one JSON object for the whole device."""
    if not message.payload:
        return []
    said = _said(message.payload)
    if isinstance(said, BadPayload):
        return said
    listed = list(islice(_properties(said.nodes), MOST_PROPERTIES))
    base = message.topic.removesuffix("/$description")
    found = Discovery(
        device,
        message.received_at,
        name=text_of(said.name),
        model=text_of(said.type),
        channels=tuple(place for place, _ in listed),
        topics=tuple((place, f"{base}/{place}") for place, _ in listed),
    )
    description = Description(dict(listed), text_of(said.root))
    body = Partial(device, message.topic, description, message.retained, message.received_at)
    return [found, body]


def _said(payload: bytes) -> Said | BadPayload:
    if len(payload) <= LARGEST_DESCRIPTION and (said := shaped(payload, Said)):
        return said
    value = read_json(payload, LARGEST_DESCRIPTION)
    if isinstance(value, BadPayload):
        return value
    return shaped(written(value), Said) or BadPayload("not a JSON object")


def _properties(nodes: Raw) -> Iterator[tuple[str, Property]]:
    for node, about in islice(members_of(nodes).items(), MOST_NODES):
        told = shaped(about, Node) if WORD.match(node) else None
        for name, one in members_of(told.properties).items() if told else ():
            known = shaped(one, Told) if WORD.match(name) else None
            if known:
                yield f"{node}/{name}", _property(known)


def _property(told: Told) -> Property:
    return Property(
        datatype=text_of(told.datatype),
        unit=text_of(told.unit),
        format=text_of(told.format, LONGEST_TEXT * 4),
        is_retained=told.retained is not False,
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
