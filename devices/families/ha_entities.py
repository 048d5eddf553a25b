"""What a discovery message of Home Assistant's scheme declares: devices and their values. Pure.

Templates are never evaluated: three forms that only pick a value are read, anything else
leaves the value for a person to map.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from devices.entities import Entity
from devices.families.ha_presence import MOST_TOPICS, presence_of, word_of
from devices.families.ha_words import Declared, expanded
from devices.families.values import number, text_of
from devices.payloads import Json
from devices.topics import may_be_asked

KINDS = frozenset(
    {"binary_sensor", "sensor", "event", "tag", "device_automation", "switch", "cover"}
)
CONFIG = re.compile(r"(?P<kind>[a-z_]+)(?:/(?P<node>[\w-]+))?/(?P<object>[\w-]+)/config\Z")
PLAIN = re.compile(r"\{\{\s*value\s*\}\}\Z")
DOTTED = re.compile(r"\{\{\s*value_json((?:\.[A-Za-z_]\w*)+)\s*\}\}\Z")
QUOTED = re.compile(r"\{\{\s*value_json((?:\[(?:'[^'\]]{1,80}'|\"[^\"\]]{1,80}\")\])+)\s*\}\}\Z")
KEY = re.compile(r"\[['\"]([^\]]*)['\"]\]")
MOST_ENTITIES = 100
LONGEST_TEMPLATE = 400
HAPPENINGS = {"tag": "badge", "device_automation": "button"}
"""Kinds that happen, on a topic of their own, by our word for them."""
OTHERS = frozenset({"zigbee2mqtt", "tasmota"})
"""Origins that are read by families of their own."""


@dataclass(frozen=True, slots=True)
class Place:
    """A discovery topic taken apart."""

    kind: str
    node: str
    object: str


def place_of(topic: str, base: str) -> Place | None:
    """Which discovery a topic is, or None for any other topic."""
    if not topic.startswith(f"{base}/"):
        return None
    found = CONFIG.match(topic[len(base) + 1 :])
    return Place(found["kind"], found["node"] or "", found["object"]) if found else None


def path_of(template: str) -> tuple[str, ...] | None:
    """The way through JSON that a template takes; None for one that is not read."""
    plain = template.strip()
    if not plain or PLAIN.match(plain):
        return ()
    if len(plain) > LONGEST_TEMPLATE:
        return None
    if found := DOTTED.match(plain):
        return tuple(found[1][1:].split("."))
    if found := QUOTED.match(plain):
        return tuple(KEY.findall(found[1]))
    return None


def declared(place: Place, value: dict[str, Json]) -> Declared | str:
    """Whom a discovery declares with which values, or why it cannot be read."""
    config = expanded(value)
    origin, device = config.get("origin"), config.get("device")
    about = device if isinstance(device, dict) else {}
    named = text_of(origin.get("name")) if isinstance(origin, dict) else ""
    # Versions that name no origin tell it as the device's software.
    told = named or text_of(about.get("sw_version")).partition(" ")[0]
    if told.lower() in OTHERS:
        return Declared("", elsewhere=True)
    listed = _configs(place, config)
    if isinstance(listed, str):
        return listed
    entities = [_entity(kind, key, one) for kind, key, one in listed[:MOST_ENTITIES]]
    return Declared(
        id=_identity(place, config, about),
        name=text_of(about.get("name")) or text_of(config.get("name")),
        model=text_of(about.get("model")),
        software=text_of(about.get("sw_version")),
        entities=tuple(one for one in entities if one is not None),
    )


def _configs(place: Place, config: dict[str, Json]) -> list[tuple[str, str, dict[str, Json]]] | str:
    """The declared values: one, or in the form per device all of its components."""
    if place.kind != "device":
        return [(place.kind, place.object, config)]
    components = config.get("components")
    if not isinstance(components, dict):
        return "components is not an object"
    shared = {key: config[key] for key in SHARED if key in config}
    found = []
    for key, one in components.items():
        # One of which only the kind is left has been taken back.
        if isinstance(one, dict) and not one.keys() <= {"p", "platform"}:
            own = expanded({"~": config["~"], **one} if "~" in config else one)
            found.append((text_of(own.get("platform")), key, {**shared, **own}))
    return found


SHARED = (
    "state_topic", "availability", "availability_topic", "availability_mode", "encoding", "qos",
    "payload_available", "payload_not_available", "availability_template",
)  # fmt: skip


def _identity(place: Place, config: Mapping[str, Json], device: Mapping[str, Json]) -> str:
    """Its device's first identifier, else its own: two bays may call their values the same."""
    ids = device.get("identifiers")
    first = ids[0] if isinstance(ids, list) and ids else ids
    if known := _plain(first):
        return known
    connections = device.get("connections")
    pairs = connections if isinstance(connections, list) else []
    for pair in pairs[:MOST_TOPICS]:
        if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[1], str):
            return text_of(pair[1])
    own = "/".join(filter(None, (place.node, place.object)))
    return text_of(config.get("unique_id")) or own


def _plain(value: Json) -> str:
    """A text, or a whole number as one."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return text_of(str(value) if is_number else value)


def _entity(kind: str, key: str, config: dict[str, Json]) -> Entity | None:
    """One declared value; None for kinds that tell nothing of a workshop."""
    if kind not in KINDS:
        return None
    config = _by_position(config) if kind == "cover" and "state_topic" not in config else config
    template = text_of(config.get("value_template"), LONGEST_TEMPLATE + 1)
    path = path_of(template)
    unmapped = "" if path is not None else "its template needs mapping"
    # A form for a whole device gives each of its values a topic; what happens has its own.
    topic = text_of(config.get("topic" if kind in HAPPENINGS else "state_topic"), 240)
    presence = presence_of(config, path_of)
    if not all(map(_is_topic, (topic, *(one.topic for one in presence or ())))):
        unmapped = "its topic is none"
    if presence is None:
        unmapped = unmapped or "its availability needs mapping"
    return Entity(
        key=key[:80],
        kind=HAPPENINGS.get(kind, kind),
        device_class=text_of(config.get("device_class")),
        topic=topic,
        path=path or (),
        on=_state(kind, config, "on"),
        off=_state(kind, config, "off"),
        unit=text_of(config.get("unit_of_measurement"), 20),
        presence=presence or (),
        mode=text_of(config.get("availability_mode")) or "latest",
        stale_after_seconds=number(config.get("expire_after")),
        subtype=text_of(config.get("subtype")),
        name=text_of(config.get("name")),
        press=text_of(config.get("type")) if kind == "device_automation" else "",
        payload=text_of(config.get("payload")),
        unmapped=unmapped,
    )


def _by_position(config: dict[str, Json]) -> dict[str, Json]:
    """A cover that tells no state tells how far it is open: shut is one number of many."""
    return {
        **config,
        "state_topic": config.get("position_topic"),
        "value_template": config.get("position_template"),
        "state_open": "open",
        "state_closed": config.get("position_closed", 0),
    }


def _state(kind: str, config: dict[str, Json], which: str) -> str:
    """The word for on or off; a cover's are open and closed."""
    if kind == "cover":
        word = {"on": "open", "off": "closed"}[which]
        return word_of(config, f"state_{word}", None, word)
    return word_of(config, f"payload_{which}", config.get(f"state_{which}"), which.upper())


def _is_topic(topic: str) -> bool:
    """Whether it may be subscribed: a device must not make us hear everything, or ourselves."""
    if topic.startswith("$") or "#" in topic or "+" in topic:
        return False
    if topic and not may_be_asked(topic):
        return False
    words = topic.split("/")
    return not (words[0] == "shop" and words[2:3] in (["dev"], ["core"]))
