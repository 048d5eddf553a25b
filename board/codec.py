"""Commands, events and the shop to and from plain JSON values; old event shapes are upgraded here.

Knows no database and no web; the only file of the board in which `Any` may stand.
"""

import dataclasses
import functools
import hmac
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from board.core import events
from board.core.commands import Command, IssueGatePass, OpenJob
from board.core.events import Event
from board.core.indirect import IndirectClock
from board.core.job import Job
from board.core.permissions import ASKERS
from board.core.shop import Shop, indexed
from board.leaves import Leaves, put_back, taken

SHOP_VERSION = 2
SHOP_VERSIONS = frozenset({1, SHOP_VERSION})
"""Which snapshots are read: in version 1 nothing was sealed yet."""
_OF_NO_JOB = ""
_UNKEPT = re.compile("[\0\ud800-\udfff\ufdd0]")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Malformed(Exception):
    """A body that is no such command: `fields` says per dotted field what is wrong with it.

    `code` is malformed, unknown_command or unknown_field.
    """

    def __init__(self, code: str, fields: Mapping[str, str]) -> None:
        super().__init__(code, dict(fields))
        self.code = code
        self.fields = dict(fields)


def wire_name(kind: type) -> str:
    """The name of a command or event outside: `MoveJob` is `move_job`."""
    return _CAPITAL.sub("_", kind.__name__).lower()


COMMANDS: dict[str, type[Command]] = {wire_name(kind): kind for kind in ASKERS}
EVENTS: dict[str, type] = {wire_name(kind): kind for kind in typing.get_args(events.Event)}

Seal = Callable[[Mapping[str, Leaves]], Mapping[str, object]]
Unseal = Callable[[Mapping[str, Any]], Mapping[str, Leaves]]
Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
VERSIONS: dict[str, int] = {}
"""The present version of an event's shape where it is not 1."""
UPGRADES: dict[tuple[str, int], Upgrade] = {}
"""(kind, version) -> the body as the next version has it."""


def event_to_entry(event: Event) -> tuple[str, int, dict[str, object]]:
    """The kind, version and JSON body under which the journal keeps an event."""
    kind = wire_name(type(event))
    # Not sorted: the order of a workflow's steps is the order of the board.
    return kind, VERSIONS.get(kind, 1), msgspec.to_builtins(event)


def event_from_entry(kind: str, version: int, body: Mapping[str, object]) -> Event:
    """The event that the journal kept; raises ValueError for what no version explains."""
    shape = dict(body)
    while (kind, version) in UPGRADES:
        shape = UPGRADES[kind, version](shape)
        version += 1
    if kind not in EVENTS or version != VERSIONS.get(kind, 1):
        raise ValueError(f"nobody knows the event {kind} in version {version}")
    event: Event = msgspec.convert(shape, EVENTS[kind])
    return event


def command_from(name: str, body: Mapping[str, object], *, strict: bool = True) -> Command:
    """The command `name` with the fields of `body` (nested as in JSON).

    `strict` False takes text for numbers and switches, as forms send it. Raises Malformed.
    """
    kind = COMMANDS.get(name)
    if kind is None:
        raise Malformed("unknown_command", {"name": name})
    unknown = _unknown_fields(kind, body)
    if unknown:
        raise Malformed("unknown_field", dict.fromkeys(unknown, "unknown field"))
    try:
        command = msgspec.convert(body, kind, strict=strict)
    except msgspec.ValidationError as error:
        raise _malformed(str(error)) from error
    _require_sound(command)
    return command


def mark(command: Command, key: bytes) -> str:
    """What tells a command from another under the same id; says nothing without the key.

    A new job's id and a gate pass's code are no part of it: a door makes one each time it is asked.
    """
    bare = command
    if isinstance(command, OpenJob):
        bare = dataclasses.replace(command, job="")
    if isinstance(command, IssueGatePass):
        bare = dataclasses.replace(command, code="")
    body = msgspec.json.encode(msgspec.to_builtins(bare, order="deterministic"))
    return hmac.digest(key, wire_name(type(command)).encode() + body, "sha256").hex()[:32]


def _malformed(text: str) -> Malformed:
    """msgspec names the place as `… - at `$.car.plate``."""
    what, _, where = text.partition(" - at ")
    missing = re.search(r"required field `(\w+)`", what)
    path = where.strip("`").removeprefix("$").lstrip(".")
    name = f"{path}.{missing[1]}".lstrip(".") if missing else path
    return Malformed("malformed", {name or "body": what})


def _unknown_fields(kind: type, body: Mapping[str, object], prefix: str = "") -> list[str]:
    hints = _hints(kind)
    unknown: list[str] = []
    for key, value in body.items():
        if key not in hints:
            unknown.append(prefix + str(key))
            continue
        inner = _value_class(hints[key])
        if inner is not None and isinstance(value, Mapping):
            unknown += _unknown_fields(inner, value, f"{prefix}{key}.")
    return unknown


@functools.cache
def _hints(kind: type) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)


def _value_class(hint: Any) -> type | None:
    """The dataclass behind `X` or `X | None`, else None."""
    for option in _options(hint):
        if isinstance(option, type) and dataclasses.is_dataclass(option):
            return option
    return None


def _options(hint: Any) -> tuple[Any, ...]:
    union = isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union
    return typing.get_args(hint) if union else (hint,)


def _require_sound(value: object, path: str = "") -> None:
    """Refuse what means another thing to everybody, or what no database keeps."""
    if isinstance(value, datetime) and value.tzinfo is None:
        raise Malformed("malformed", {path: "a time needs a zone"})
    if isinstance(value, str) and not _is_text(value):
        raise Malformed("malformed", {path: "this is no text"})
    for name, inner in _parts_of(value):
        _require_sound(inner, f"{path}.{name}".lstrip("."))


def _is_text(value: str) -> bool:
    """Half of a surrogate pair and NUL are not kept; the other sign is that of an erased text."""
    return _UNKEPT.search(value) is None


def _parts_of(value: object) -> Iterable[tuple[object, object]]:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [(each.name, getattr(value, each.name)) for each in dataclasses.fields(value)]
    if isinstance(value, Mapping):
        return [*(("key", key) for key in value), *value.items()]
    return enumerate(value) if isinstance(value, tuple | frozenset) else ()


def command_schema() -> tuple[dict[str, Any], dict[str, Any]]:
    """JSON schemas for every command by wire name, and the components they refer to."""
    kinds = list(COMMANDS.values())
    schemas, components = msgspec.json.schema_components(
        kinds, ref_template="#/components/schemas/{name}"
    )
    return dict(zip(COMMANDS, schemas, strict=True)), components


def shop_to_bytes(shop: Shop, seal: Seal = dict) -> bytes:
    """A shop for the snapshot, in its order; indexes are left out and built anew when read.

    What is personal in its jobs is given to `seal` by job, what is so in the clocks that run on
    no line under ''; what that returns is kept of it.
    """
    bare = msgspec.to_builtins(dataclasses.replace(shop, placed={}, running={}, allocated={}))
    leaves = {}
    for job_id, job in bare["jobs"].items():
        bare["jobs"][job_id], leaves[job_id] = taken(Job, job)
    leaves[_OF_NO_JOB] = _words_of_clocks(bare["indirect"])
    return msgspec.json.encode({**bare, "sealed": seal(leaves)})


def _words_of_clocks(indirect: dict[str, Any]) -> Leaves:
    """Take what is personal out of the indirect clocks, by technician and place in the row."""
    found: dict[str, str] = {}
    for technician, clocks in indirect.items():
        parted = [taken(IndirectClock, clock) for clock in clocks]
        indirect[technician] = [bare for bare, _ in parted]
        for at, (_, words) in enumerate(parted):
            found |= {f"{technician}/{at}/{path}": text for path, text in words.items()}
    return found


def shop_from_bytes(body: bytes, version: int, unseal: Unseal = dict) -> Shop:
    """The shop of a snapshot; raises ValueError when its version is not ours."""
    if version not in SHOP_VERSIONS:
        raise ValueError(f"a snapshot of version {version}")
    kept = msgspec.json.decode(body)
    for job_id, leaves in unseal(kept.pop("sealed", {})).items():
        put_back(kept["jobs"].get(job_id) if job_id else kept["indirect"], leaves)
    return indexed(msgspec.convert(kept, Shop))


def plain(value: object) -> Any:
    """A frozen value as JSON-able plain data, for the state API."""
    return msgspec.to_builtins(value, order="deterministic")
