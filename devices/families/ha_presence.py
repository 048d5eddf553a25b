"""Which topics say that a declared value's device is there, and in which words. Pure."""

from collections.abc import Callable, Mapping

from devices.entities import Presence
from devices.families.values import text_of
from devices.payloads import Json

MOST_TOPICS = 10
LONGEST_TEMPLATE = 400

PathOf = Callable[[str], tuple[str, ...] | None]


def presence_of(config: Mapping[str, Json], path_of: PathOf) -> tuple[Presence, ...] | None:
    """The topics with their words; None when one has a template that is not read."""
    listed = config.get("availability")
    rows = listed if isinstance(listed, list) else [listed] if isinstance(listed, dict) else None
    if rows is None:
        told = {"topic": config.get("availability_topic")}
        rows = [{**told, "value_template": config.get("availability_template")}]
    found: list[Presence] = []
    for one in rows[:MOST_TOPICS]:
        if not isinstance(one, dict):
            return None
        path = path_of(text_of(one.get("value_template"), LONGEST_TEMPLATE + 1))
        if path is None:
            return None
        if topic := text_of(one.get("topic"), 240):
            found.append(_presence(topic, path, {**config, **one}))
    return tuple(found)


def _presence(topic: str, path: tuple[str, ...], words: Mapping[str, Json]) -> Presence:
    there = word_of(words, "payload_available", None, "online")
    return Presence(topic, path, there, word_of(words, "payload_not_available", None, "offline"))


def word_of(config: Mapping[str, Json], key: str, instead: Json, usual: str) -> str:
    """A payload as text: people also write numbers and true."""
    told = instead if instead is not None else config.get(key)
    if isinstance(told, bool | int | float):
        return str(told)
    return text_of(told) or usual
