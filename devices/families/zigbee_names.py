"""Who the devices of a Zigbee2MQTT are: its list of devices and those that join. Pure."""

from collections.abc import Sequence

from msgspec import Raw, Struct

from devices.families.message import LONGEST_TEXT, Message
from devices.families.values import text_of
from devices.payloads import MOST_BYTES_OF_A_LIST, BadPayload, Json, read_list, shaped, written
from devices.readings import Discovery, Observation

MOST_DEVICES = 500
MOST_EXPOSES = 60
CHANNELS = frozenset(
    {"occupancy", "presence", "contact", "vibration", "water_leak", "target_distance", "action"}
)
"""Exposed properties that say something about a workshop."""


class Listed(Struct, gc=False):
    """Who a device is: of a list of megabytes no more than this is read."""

    ieee_address: str
    friendly_name: object = None
    type: object = None
    model_id: object = None
    supported: object = None
    definition: Raw = Raw()


class Definition(Struct, gc=False):
    """What its model is and can do, if the bridge knows it."""

    model: object = None
    exposes: object = None


def stable_id(address: str) -> str:
    """The id under which a Zigbee device is bound: its IEEE address, never its name."""
    return f"z2m:{address}"


def discoveries(message: Message) -> Sequence[Observation] | BadPayload:
    """Every device of the bridge's list but its own radio."""
    value = read_list(message.payload, MOST_BYTES_OF_A_LIST, Listed)
    if isinstance(value, BadPayload):
        return value
    found = [_discovery(entry, message) for entry in value[:MOST_DEVICES]]
    return [device for device in found if device is not None]


def joined(message: Message) -> Sequence[Observation] | BadPayload:
    """A device that joined, announced itself, was asked who it is, or left."""
    value = message.read_object()
    if isinstance(value, BadPayload):
        return value
    if value.get("type") not in ("device_joined", "device_announce", "device_interview"):
        return []
    entry = shaped(written(value.get("data")), Listed)
    found = entry and _discovery(entry, message)
    return [found] if found else []


def _discovery(entry: Listed, message: Message) -> Discovery | None:
    """One listed device; the coordinator itself and entries without address are none."""
    address, name = entry.ieee_address, entry.friendly_name
    if entry.type == "Coordinator" or not 0 < len(address) <= LONGEST_TEXT:
        return None
    definition = shaped(entry.definition, Definition) or Definition()
    return Discovery(
        stable_id(address.lower()),
        message.received_at,
        alias=stable_id(name[:LONGEST_TEXT]) if isinstance(name, str) else "",
        model=text_of(definition.model or entry.model_id),
        channels=_channels(definition.exposes),
        bridge=message.bridge,
        supported=entry.supported is not False,
    )


def _channels(exposes: object) -> tuple[str, ...]:
    listed = exposes[:MOST_EXPOSES] if isinstance(exposes, list) else []
    items = [item for item in listed if isinstance(item, dict)]
    names = [item.get("property") for item in items]
    told = [name for name in names if isinstance(name, str) and name in CHANNELS]
    return (*told, *(light for item in items if (light := _light(item))))


def _light(item: dict[str, Json]) -> str:
    """The channel of a light that takes colours; of several on a device each has an endpoint."""
    features = item.get("features")
    if item.get("type") != "light" or not isinstance(features, list):
        return ""
    named = [one.get("name") for one in features[:MOST_EXPOSES] if isinstance(one, dict)]
    if not any(one in ("color_xy", "color_hs") for one in named):
        return ""
    endpoint = text_of(item.get("endpoint"))
    return f"light-{endpoint}" if endpoint else "light"
