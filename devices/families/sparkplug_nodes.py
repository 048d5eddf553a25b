"""What is remembered of Sparkplug nodes, and what their messages mean by it. Pure.

A birth names every value and begins a row of numbers. A number that is missing in the row may
have been another birth: from then on an alias means nothing until a birth gives it anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from msgspec import structs

from devices.families.message import Message
from devices.families.sparkplug_metrics import Known, Named, meaning, model_of
from devices.families.sparkplug_payload import Metric, Payload
from devices.families.values import whole
from devices.readings import Alive, Discovery, Finding, Observation

NODE = "spb-bridge:"
MOST_NODES = 200
MOST_KNOWN = 3000
MOST_CHANNELS = 60
ROW = 256
ASK_AGAIN = timedelta(minutes=10)
"""A node that was asked for its births and did not answer is left alone for so long."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it stands; `node` is group/edge, `device` group/edge/device or empty."""

    kind: str
    node: str
    device: str
    payload: Payload

    @property
    def owner(self) -> str:
        """Whose values it tells: the device, or the node itself."""
        return f"spb:{self.device or self.node}"


@dataclass(frozen=True, slots=True)
class Node:
    """One session of a node. `birth`: its bdSeq. `seq` and `at`: the last of its row.

    `born` are the owners whose births are in force; `known` their values by owner and name,
    `aliases` the same by number. `asked_at`: when births were asked for since the last one.
    """

    birth: int | None = None
    seq: int | None = None
    at: int | None = None
    born: frozenset[str] = frozenset()
    known: Mapping[tuple[str, str], Known] = field(default_factory=lambda: MappingProxyType({}))
    aliases: Mapping[int, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Nodes:
    """All nodes; the longest unheard is forgotten first."""

    nodes: Mapping[str, Node] = field(default_factory=lambda: MappingProxyType({}))


Heard = tuple[Node, list[Observation]]


def heard(
    before: Nodes, said: Said, topic: str, received_at: datetime
) -> tuple[Nodes, Sequence[Observation]]:
    """The nodes after one message, and what it means."""
    message = Message(topic, b"", False, received_at, f"{NODE}{said.node}")
    node, found = _session(before.nodes.get(said.node, Node()), said, message)
    nodes = {name: one for name, one in before.nodes.items() if name != said.node}
    if len(nodes) >= MOST_NODES:
        del nodes[next(iter(nodes))]
    return Nodes({**nodes, said.node: node}), found


def _session(node: Node, said: Said, message: Message) -> Heard:
    payload = said.payload
    if said.kind == "NDEATH":
        return _node_died(node, payload, message)
    if payload.seq is not None and (payload.seq, payload.timestamp) == (node.seq, node.at):
        return node, []
    if said.kind == "NBIRTH":
        return _node_born(said, message)
    asked: list[Observation] = []
    expected = None if node.seq is None else (node.seq + 1) % ROW
    seq = expected if payload.seq is None else payload.seq
    if expected is not None and seq != expected:
        node, asked = _ask(replace(node, aliases={}), message, "a number is missing in its row")
    node = replace(node, seq=seq, at=payload.timestamp)
    node, found = _device(node, said, message)
    return node, [*asked, *found]


def _device(node: Node, said: Said, message: Message) -> Heard:
    match said.kind:
        case "DBIRTH":
            return _device_born(node, said, message)
        case "DDEATH":
            gone = message.alive(said.owner, Alive.offline)
            return replace(node, born=node.born - {said.owner}), [gone]
    return _data(node, said, message)


def _node_born(said: Said, message: Message) -> Heard:
    """A new session, also when it answers the question for a rebirth: nothing old holds."""
    payload = said.payload
    birth = _birth_number(payload)
    node = Node(birth=birth, seq=payload.seq or 0, at=payload.timestamp)
    node = _learn(node, said)
    alive = structs.replace(message, bridge="").alive(message.bridge, Alive.online, _boot(birth))
    return node, [alive, *_meaning(node, said, message)]


def _node_died(node: Node, payload: Payload, message: Message) -> Heard:
    """Only the death of the session in force counts: a will may come late."""
    death = _birth_number(payload)
    if node.birth is not None and death != node.birth:
        return node, []
    dead = structs.replace(message, bridge="").alive(message.bridge, Alive.offline, _boot(death))
    return Node(asked_at=node.asked_at), [dead]


def _device_born(node: Node, said: Said, message: Message) -> Heard:
    node = _learn(node, said)
    alive = message.alive(said.owner, Alive.online)
    found = _meaning(node, said, message)
    channels = [one.channel for one in found if hasattr(one, "channel")]
    new = Discovery(
        said.owner,
        message.received_at,
        model=model_of(said.payload.metrics),
        channels=tuple(dict.fromkeys(channels))[:MOST_CHANNELS],
        bridge=message.bridge,
        name=said.device.rpartition("/")[2],
    )
    return node, [alive, new, *found]


def _data(node: Node, said: Said, message: Message) -> Heard:
    if said.owner not in node.born:
        return _ask(node, message, "its births are not known")
    asked: list[Observation] = []
    if any(_known(node, said.owner, one) is None for one in said.payload.metrics):
        node, asked = _ask(node, message, "a value has an alias that no birth named")
    return node, [*asked, *_meaning(node, said, message)]


def _ask(node: Node, message: Message, why: str) -> Heard:
    """Births are asked for once, and not again before the node had time to give them."""
    if node.asked_at is not None and abs(message.received_at - node.asked_at) < ASK_AGAIN:
        return node, []
    wanted = structs.replace(message, bridge="").finding(
        message.bridge, Finding.rebirth_wanted, why
    )
    return replace(node, asked_at=message.received_at), [wanted]


def _learn(node: Node, said: Said) -> Node:
    """The values that a birth names, in place of what its owner had before."""
    owner = said.owner
    known = {key: one for key, one in node.known.items() if key[0] != owner}
    aliases = {alias: key for alias, key in node.aliases.items() if key[0] != owner}
    for metric in said.payload.metrics:
        if metric.name and len(known) < MOST_KNOWN:
            key = (owner, metric.name)
            known[key] = Known(metric.name, metric.datatype, metric.unit)
            if metric.alias is not None:
                aliases[metric.alias] = key
    return replace(node, born=node.born | {owner}, known=known, aliases=aliases)


def _known(node: Node, owner: str, metric: Metric) -> Known | None:
    """What a birth told of a value; one that has only an alias must have been told."""
    if metric.name:
        return node.known.get((owner, metric.name)) or Known(metric.name, metric.datatype)
    key = None if metric.alias is None else node.aliases.get(metric.alias)
    return node.known.get(key) if key is not None and key[0] == owner else None


def _meaning(node: Node, said: Said, message: Message) -> list[Observation]:
    pairs = [(_known(node, said.owner, one), one) for one in said.payload.metrics]
    named: list[Named] = [(known, one) for known, one in pairs if known is not None]
    is_birth = said.kind.endswith("BIRTH")
    return meaning(message, said.owner, named, said.payload.timestamp, is_birth)


def _birth_number(payload: Payload) -> int | None:
    told = (one.value for one in payload.metrics if one.name == "bdSeq")
    return whole(next(told, None))


def _boot(birth: int | None) -> str:
    return "" if birth is None else str(birth)
