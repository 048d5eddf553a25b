"""Observations said in the words of the published samples; test_published_samples tells how."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from devices.entities import Entity
from devices.readings import (
    Availability,
    Capability,
    Diagnostic,
    Discovery,
    Event,
    EventKind,
    Finding,
    Observation,
    Quality,
    Scope,
    State,
)

WORDS = {
    Capability.occupancy: "occupied",
    Capability.door: "open",
    Capability.contact: "open",
    Capability.leak: "wet",
}
PER_UNIT = {"mm": 1.0, "cm": 10.0, "m": 1000.0}
APART = (Capability.battery, Capability.battery_low, Capability.battery_mv)
UNDER = {"battery": "battery_pct", "battery_low": "battery_low", "battery_mv": "battery_mv"}
MARGIN = {"margin": "margin_db"}
Found = Sequence[Observation]


def states(found: Found) -> list[State]:
    """The levels among them."""
    return [one for one in found if isinstance(one, State)]


def capabilities(found: Found, wanted: dict[str, Any]) -> dict[str, Any]:
    """Known levels but battery, link and outputs, distances in the unit that is `wanted`."""
    told: dict[str, Any] = {}
    for one in states(found):
        if one.capability in (*APART, Capability.link, Capability.output) or one.value is None:
            continue
        place = one.channel.partition("-")[2]
        is_contact = one.capability is Capability.contact
        what = Capability.door if is_contact else one.capability
        key = f"{what}:{place}" if place else what.value
        told[key] = {WORDS.get(what, "on"): not one.value if is_contact else one.value}
        if what is Capability.distance:
            told[key] = _in_unit(one, next(iter(wanted.get(key, {"mm": 0}))))
    return told


def _in_unit(state: State, unit: str) -> dict[str, float]:
    assert isinstance(state.value, int | float)
    return {unit: round(state.value / PER_UNIT[unit], 6)}


def battery(found: Found, key: str) -> Any:
    """A level of the battery; `nothing` when it was not said at all."""
    values = [one.value for one in states(found) if UNDER.get(one.capability) == key]
    return values[0] if values else "nothing"


def link(found: Found) -> dict[str, Any]:
    """The strength of the radio by its measure."""
    parts = [one for one in states(found) if one.capability is Capability.link]
    places = [(one.channel.partition("-")[2], one.value) for one in parts]
    return {MARGIN.get(place, place): value for place, value in places}


def event(one: Event, wanted: dict[str, Any]) -> dict[str, Any]:
    """An event in the words that are `wanted`; a fact that is missing is None."""
    facts: dict[str, Any] = dict(one.facts)
    said: dict[str, Any] = {
        "type": "button" if one.kind is EventKind.press else one.kind.value,
        "button": one.channel.removeprefix("button-"),
        one.kind.value: one.value,
        "uid": one.value,
        "score": one.score,
        "candidates": list(one.candidates),
        "track": one.track,
        "dedupe": one.key.rpartition("/")[2],
        "at": _as(one.device_time, wanted.get("at")),
        **{key: int(value) if value.isdigit() else value for key, value in facts.items()},
    }
    return {key: said.get(key) for key in wanted}


def _as(at: datetime | None, wanted: Any) -> Any:
    """A moment as number or text, as precise as the one that is wanted."""
    if at is None or wanted is None:
        return at
    if isinstance(wanted, int | float):
        return wanted if abs(at.timestamp() - wanted) < 0.001 else at.timestamp()
    other = datetime.fromisoformat(wanted)
    return wanted if abs((at - other).total_seconds()) < 0.001 else at.isoformat()


def entity(one: Entity, wanted: dict[str, Any]) -> dict[str, Any]:
    """A declared value in the words that are `wanted`."""
    said: dict[str, Any] = {
        "kind": one.kind,
        "device_class": one.device_class,
        "state_topic": one.topic,
        "topic": one.topic,
        "json_path": ".".join(one.path),
        "on": one.on,
        "off": one.off,
        "availability": list(one.availability),
        "availability_topic": "".join(one.availability),
        "mode": one.mode,
        "stale_after_s": one.stale_after_seconds,
    }
    return {key: said[key] for key in wanted}


def devices(found: Found) -> set[str]:
    """Whom they speak of; a bridge also under the names that the samples give it."""
    told: set[str] = set()
    for one in found:
        told.add(one.device)
        if isinstance(one, Discovery) and one.alias:
            told.add(one.alias)
        kind, _, rest = one.device.partition("-bridge:")
        if rest:
            told |= {f"{kind}:bridge", f"{kind}:*", f"{kind}:{rest}"}
    return told


def _first(found: Found, kind: type[Any], say: Callable[[Any], Any]) -> Any:
    return next((say(one) for one in found if isinstance(one, kind)), None)


def _moments(found: Found) -> list[datetime]:
    """The times by the device's clock that it told, each once."""
    spoken = [one for one in found if isinstance(one, State | Event | Diagnostic)]
    return list(dict.fromkeys(one.device_time for one in spoken if one.device_time))


def _clock_is_off(found: Found) -> bool:
    return not _moments(found) and any(
        isinstance(one, Diagnostic) and one.finding is Finding.clock for one in found
    )


def _alone(found: Found, wanted: Any) -> Any:
    return [_as(at, wanted) for at in _moments(found)]


def _interval(found: Found) -> Any:
    """How often it speaks: said of a device, or declared for a value."""
    return _first(found, Diagnostic, lambda one: one.interval_seconds)


SAYS: dict[str, Callable[[Found, Any], Any]] = {
    "device": lambda found, wanted: wanted if wanted in devices(found) else devices(found),
    "capabilities": capabilities,
    "battery_pct": lambda found, _: battery(found, "battery_pct"),
    "battery_low": lambda found, _: battery(found, "battery_low"),
    "battery_mv": lambda found, _: battery(found, "battery_mv"),
    "link": lambda found, _: link(found),
    "output_state": lambda found, _: {
        one.channel.partition("-")[2]: one.value
        for one in states(found)
        if one.capability is Capability.output
    },
    "sensor_fault": lambda found, _: any(
        one.quality is Quality.bad and one.value is None for one in states(found)
    ),
    "availability": lambda found, _: _first(found, Availability, lambda one: one.alive.value),
    "cascade": lambda found, wanted: (
        wanted
        if _first(found, Availability, lambda one: one.scope) is Scope.bridge
        else "one device only"
    ),
    "bdSeq": lambda found, _: int(_first(found, Availability, lambda one: one.boot) or -1),
    "stable_id": lambda found, wanted: _first(
        found, Discovery, lambda one: one.device.partition(":")[2][-len(wanted) :]
    ),
    "model": lambda found, _: _first(found, Discovery, lambda one: one.model),
    "supported": lambda found, _: _first(found, Discovery, lambda one: one.supported),
    "topics": lambda found, _: _first(found, Discovery, lambda one: dict(one.topics)),
    "properties": lambda found, _: _first(
        found, Discovery, lambda one: [name for name, _ in one.topics]
    ),
    "entity": lambda found, wanted: _first(
        found, Discovery, lambda one: entity(one.entities[0], wanted)
    ),
    "expected_interval_s": lambda found, _: _interval(found),
    "at": lambda found, wanted: _alone(found, wanted)[0] if _moments(found) else None,
    "device_time": lambda found, _: "invalid" if _clock_is_off(found) else _moments(found),
    "device_time_local": lambda found, _: (
        _moments(found)[0].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") if _moments(found) else ""
    ),
    "dedupe": lambda found, wanted: next(
        (one.dedupe for one in states(found) if one.dedupe), "none"
    ),
}
"""How each key of a stated meaning is said of what was found."""
