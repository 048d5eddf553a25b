"""ESPHome: one plain topic per component, the node's birth and will. Pure.

What a component measures is told by its discovery, where that is heard, else by its name. After
its birth a node tells every text again: what comes then is no badge.
"""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from devices.entities import Entity
from devices.families.esphome_values import Told, events, levels
from devices.families.ha_entities import declared, place_of
from devices.families.ha_words import Declared
from devices.families.message import Message, split
from devices.payloads import BadPayload, read_text
from devices.readings import Alive, Discovery, Observation, Partial, Reading

DISCOVERY = "homeassistant"
COMPONENTS = r"binary_sensor|sensor|text_sensor|switch|light|event|button|number|select|cover|lock"
STATE = re.compile(rf"(?P<kind>{COMPONENTS})/(?P<object>[\w-]+)/state\Z")
NODE = re.compile(rf"(?P<node>.+)/(?P<kind>{COMPONENTS})/(?P<object>[\w-]+)/state\Z")
SOFTWARE = re.compile(r"20\d\d\.\d{1,2}\.\d+\S* \(")
"""Its version as it tells it, when it does not name itself: `2026.1.0 (config hash 0x…)`."""
NOT_NODES = frozenset({"homeassistant", "shop", "tele", "stat", "shellies"})
BIRTH = timedelta(seconds=5)
MOST_KNOWN = 2000


@dataclass(frozen=True, slots=True)
class Nodes:
    """When each node was born last, and what was declared of each topic."""

    born: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    entities: Mapping[str, Entity] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class EspHome:
    """Adapter of the nodes under one topic prefix; `+` is any word."""

    base: str = "+"

    @property
    def filters(self) -> tuple[str, ...]:
        """States, presence and discovery. With `+` they are greedy: better one per node."""
        return (f"{self.base}/status", f"{self.base}/+/+/state", f"{DISCOVERY}/+/+/+/config")

    def claim(self, topic: str) -> float:
        """Surer of a prefix that was given than of any; it shares the discoveries."""
        if topic.startswith(f"{DISCOVERY}/") and topic.endswith("/config"):
            return 0.9 if topic.count("/") == 4 else 0.0
        node, what = self._split(topic)
        if not node:
            return 0.0
        return (0.5 if what == "status" else 0.7) + (0.2 if self.base != "+" else 0.0)

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Reading]:
        """The meaning of one message, or a partial reading that its discovery may explain."""
        message = Message(topic, payload, retained, received_at)
        if topic.startswith(f"{DISCOVERY}/"):
            return _discovery(message, self._is_own)
        node, what = self._split(topic)
        if not node:
            return message.malformed("not a topic of this prefix")
        if not payload:
            return []
        device = f"esphome:{node}"
        word = read_text(payload)
        if isinstance(word, BadPayload):
            return message.malformed(word.reason, device)
        if what == "status":
            return _status(device, word.strip(), message)
        place = STATE.match(what)
        assert place is not None
        told = Told(place["kind"], place["object"], word.strip(), message)
        return [Partial(device, topic, told, retained, received_at)]

    def complete(
        self, memory: object | None, seen: Partial
    ) -> tuple[object, Sequence[Observation]]:
        """Learns births and discoveries; reads a state by what was declared of its topic."""
        nodes = memory if isinstance(memory, Nodes) else Nodes()
        if isinstance(seen.body, Declared):
            return _learn(nodes, seen.body), ()
        if not isinstance(seen.body, Told):
            born = {**nodes.born, seen.device: seen.received_at}
            return (replace(nodes, born=born) if len(born) <= MOST_KNOWN else nodes), ()
        entity = nodes.entities.get(seen.topic)
        found = levels(seen.device, seen.body, entity)
        if isinstance(found, BadPayload):
            return nodes, seen.body.message.malformed(found.reason, seen.device)
        born_at = nodes.born.get(seen.device)
        age = None if born_at is None else seen.received_at - born_at
        is_young = age is not None and timedelta(0) <= age < BIRTH
        if is_young and seen.body.kind == "text_sensor":
            return nodes, found
        return nodes, [*found, *events(seen.device, seen.body, entity)]

    def declared(self, memory: object) -> Set[str]:
        """None: everything comes under the prefix."""
        return frozenset()

    def _is_own(self, node: str) -> bool:
        """Discoveries are heard of all nodes, also of those under other prefixes."""
        return self._split(f"{node}/status")[0] == node

    def _split(self, topic: str) -> tuple[str, str]:
        """The node and what follows it; both empty for a topic of somebody else."""
        node, what = split(self.base, topic)
        if not node or node.partition("/")[0] in NOT_NODES:
            return "", ""
        return (node, what) if what == "status" or STATE.match(what) else ("", "")


def _status(device: str, word: str, message: Message) -> Sequence[Reading]:
    if word not in ("online", "offline"):
        return message.malformed("not online or offline", device)
    said = message.alive(device, Alive(word))
    if word == "offline" or message.retained:
        return [said]
    return [said, Partial(device, message.topic, None, message.retained, message.received_at)]


def alias_of(found: Declared) -> str:
    """The node's name behind a discovery that runs ESPHome; empty for any other."""
    told = found.software
    if "esphome" not in told.lower() and not SOFTWARE.match(told):
        return ""
    nodes = [NODE.match(one.topic) for one in found.entities]
    return next((f"esphome:{node['node']}" for node in nodes if node), "")


def _discovery(message: Message, is_own: Callable[[str], bool]) -> Sequence[Reading]:
    place = place_of(message.topic, DISCOVERY)
    if place is None or not message.payload:
        return []
    value = message.read_object()
    found = value if isinstance(value, BadPayload) else declared(place, value)
    if isinstance(found, BadPayload | str):
        return message.malformed(found if isinstance(found, str) else found.reason)
    alias = alias_of(found)
    if not alias or not is_own(alias.removeprefix("esphome:")):
        return []
    device = f"esphome:{found.id}"
    known = Discovery(
        device,
        message.received_at,
        alias=alias,
        model=found.model,
        name=found.name,
        entities=found.entities,
    )
    return [known, Partial(device, message.topic, found, message.retained, message.received_at)]


def _learn(nodes: Nodes, found: Declared) -> Nodes:
    told = {one.topic: one for one in found.entities if one.topic and not one.unmapped}
    known = {**nodes.entities, **told}
    return replace(nodes, entities=known) if len(known) <= MOST_KNOWN else nodes
