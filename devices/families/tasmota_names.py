"""Who a Tasmota is: its discovery names the address, the topic and how topics are built. Pure."""

import re
from collections.abc import Mapping, Sequence

from devices.families.message import Message
from devices.families.tasmota_words import Words, own_words
from devices.families.values import text_of
from devices.payloads import BadPayload, Json
from devices.readings import Discovery, Observation

CONFIG = re.compile(r"tasmota/discovery/(?P<mac>[0-9A-Fa-f]{6,12})/config\Z")
MAC = re.compile(r"[0-9A-F]{12}\Z")
PREFIXES = ("cmnd", "stat", "tele")


def discovery(message: Message) -> Sequence[Observation]:
    """A device under its MAC with its topic as alias; an emptied topic takes it back."""
    place = CONFIG.match(message.topic)
    if place is None:
        return []
    if not message.payload:
        gone = f"tasmota:{place['mac'].upper()}"
        return [Discovery(gone, message.received_at, gone=True)]
    value = message.read_object()
    if isinstance(value, BadPayload):
        return message.malformed(value.reason)
    mac = text_of(value.get("mac")).replace(":", "").upper()
    topic = text_of(value.get("t"))
    if not MAC.match(mac) or not topic:
        return message.malformed("mac or t is missing")
    return [
        Discovery(
            f"tasmota:{mac}",
            message.received_at,
            alias=f"tasmota:{topic}",
            model=text_of(value.get("md")),
            name=text_of(value.get("dn")),
            topics=_topics(topic, value),
        )
    ]


def _topics(topic: str, value: dict[str, Json]) -> tuple[tuple[str, str], ...]:
    """Where it hears and speaks, by the usual name of each prefix."""
    shape = text_of(value.get("ft")) or "%prefix%/%topic%/"
    listed = value.get("tp")
    words = [text_of(word) for word in listed] if isinstance(listed, list) else []
    words = words if len(words) == len(PREFIXES) and all(words) else list(PREFIXES)
    return tuple(
        (name, shape.replace("%prefix%", word).replace("%topic%", topic)[:240])
        for name, word in zip(PREFIXES, words, strict=True)
    )


def words_of(message: Message) -> Mapping[str, Words]:
    """The words of a device, by its topic."""
    value = message.read_object() if CONFIG.match(message.topic) and message.payload else None
    if not isinstance(value, dict) or not text_of(value.get("t")):
        return {}
    return {text_of(value["t"]): own_words(value)}
