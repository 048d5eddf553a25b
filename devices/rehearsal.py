"""What a message would mean, without anything following from it: readings, bays, what would be
asked of the desk.

Pure: works on the memory of now and leaves it as it was.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from msgspec import structs

from devices.adapters import Adapter
from devices.badges import MARK_SIGNS, mark_of
from devices.bindings import Bindings, Sensor
from devices.deliveries import Delivery
from devices.logbook import Said
from devices.memory import BayReport, Memory
from devices.once import Heard
from devices.profiles.shelf import Shelf
from devices.readings import Event, EventKind, Observation, State
from devices.recall import Recall, adapters_of, recall
from devices.said import said_of
from devices.standing import bay_now
from devices.truth import Step, Tick, fold

LONGEST_TOPIC = 400
LONGEST_PAYLOAD = 8000
STEPS = 12
"""How often a level is repeated to see what comes of it when it stays."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a rehearsal is held on: everything that is known now. `shadowed`: bays as they would be
    if their devices in shadow counted.
    """

    now: datetime
    adapters: Sequence[Adapter]
    recall: Recall
    shelf: Shelf
    bindings: Bindings
    memory: Memory
    badge_key: bytes = b""
    shadowed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BayWould:
    """What a bay's sensors say before, right after, and if it stays so for `after_seconds`.
    `shadow`: would say, if the device counted.
    """

    bay: str
    before: bool | None
    now: bool | None
    later: bool | None
    cause: str
    after_seconds: float
    shadow: bool = False


@dataclass(frozen=True, slots=True)
class Would:
    """What the desk would be asked: `what` is report, call, badge, plate or nothing; `word`: the
    kind of call, or the press that calls for nothing; `holder`: whose badge it is, '' unknown;
    `shadow`: it is only noted.
    """

    what: str
    bay: str = ""
    technician: str = ""
    word: str = ""
    holder: str = ""
    shadow: bool = False


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """`is_claimed`: whether any family that is open reads such a topic; `unbound`: devices that it
    tells of and that hang nowhere.
    """

    is_claimed: bool
    said: tuple[Said, ...] = ()
    unbound: tuple[str, ...] = ()
    bays: tuple[BayWould, ...] = ()
    would: tuple[Would, ...] = ()


def rehearsed(stage: Stage, delivery: Delivery) -> Rehearsed:
    """What one message would mean now, heard for the first time."""
    # Picked out of what was heard it is a copy: here it counts as new.
    memory = structs.replace(stage.recall, heard=Heard())
    readers = adapters_of(memory, stage.adapters, delivery.topic)
    found: list[Observation] = []
    topic, at = delivery.topic, delivery.received_at
    for adapter in readers:
        for reading in adapter.parse(topic, delivery.payload, delivery.retained, at):
            memory, meant = recall(memory, adapter, reading, stage.shelf)
            found.extend(meant)
    bays = _bays(_as_if_it_counted(stage, found), found)
    devices = dict.fromkeys(one.device for one in found if one.device)
    turned = (one for one in bays if one.before is not one.later)
    reports = (Would("report", one.bay, shadow=one.shadow) for one in turned)
    events = (would for one in found if isinstance(one, Event) for would in _would(stage, one))
    return Rehearsed(
        is_claimed=bool(readers),
        said=tuple(said_of(one) for one in found),
        unbound=tuple(one for one in devices if one not in stage.bindings.devices),
        bays=bays,
        would=(*reports, *events),
    )


def _as_if_it_counted(stage: Stage, found: Sequence[Observation]) -> Stage:
    """Where a device in shadow hangs, its bay as that would be with it."""
    devices = {one.device for one in found if isinstance(one, State)}
    bays = _in_shadow(stage.bindings, devices)
    if not bays:
        return stage
    sensors = tuple(
        replace(one, shadow=False) if one.bay in bays else one for one in stage.bindings.sensors
    )
    would = {bay: one for bay, one in stage.memory.shadows.items() if bay in bays}
    memory = structs.replace(stage.memory, bays={**stage.memory.bays, **would})
    shadowed = replace(stage.bindings, sensors=sensors)
    return replace(stage, bindings=shadowed, memory=memory, shadowed=bays)


def _in_shadow(bindings: Bindings, devices: Set[str]) -> frozenset[str]:
    return frozenset(one.bay for one in bindings.sensors if one.shadow and one.device in devices)


def _bays(stage: Stage, found: Sequence[Observation]) -> tuple[BayWould, ...]:
    """Those at which a device hangs that the message tells of."""
    devices = {one.device for one in found if isinstance(one, State)}
    sensors = [one for one in stage.bindings.sensors if one.device in devices]
    if not sensors:
        return ()
    longest = 1 + max(max(one.enter_seconds, one.leave_seconds) for one in sensors)
    before, now = structs.replace(stage.memory, settling=False), stage.now
    after = _folded(stage, before, found)
    then = now + timedelta(seconds=longest)
    later = _staying(stage, after, found, longest)
    made = []
    for bay in dict.fromkeys(one.bay for one in sensors):
        was, becomes, stays = (
            bay_now(stage.bindings, memory, bay, at)
            for memory, at in ((before, now), (after, now), (later, then))
        )
        made.append(
            BayWould(
                bay,
                was.present if was else None,
                becomes.present if becomes else None,
                stays.present if stays else None,
                stays.reason.value if stays else "",
                _lasting((one for one in sensors if one.bay == bay), stays),
                bay in stage.shadowed,
            )
        )
    return tuple(made)


def _lasting(sensors: Iterable[Sensor], stays: BayReport | None) -> float:
    """How long a level must last at a bay to become what it becomes, and a moment more."""
    is_car = stays is not None and stays.present is True
    return 1 + max(one.enter_seconds if is_car else one.leave_seconds for one in sensors)


def _staying(stage: Stage, memory: Memory, found: Sequence[Observation], seconds: float) -> Memory:
    """As if the device went on saying so; nobody else says anything meanwhile."""
    for step in range(1, STEPS + 1):
        at = stage.now + timedelta(seconds=seconds * step / STEPS)
        again = [structs.replace(one, received_at=at) for one in found if isinstance(one, State)]
        memory = _folded(stage, memory, again)
        memory, _ = fold(memory, stage.bindings, Tick(at))
    return memory


def _folded(stage: Stage, memory: Memory, found: Sequence[Observation]) -> Memory:
    for one in found:
        step: Step = one
        if isinstance(one, State):
            # Its number was perhaps heard before: as a copy it would change nothing.
            step = structs.replace(one, number=None, dedupe="")
        memory, _ = fold(memory, stage.bindings, step)
    return memory


def _would(stage: Stage, seen: Event) -> tuple[Would, ...]:
    at = (seen.device, seen.channel)
    if seen.kind is EventKind.plate:
        return (Would("plate", shadow=seen.device in stage.bindings.gates.shadowed),)
    if seen.kind is EventKind.badge and (reader := stage.bindings.reader_at.get(at)):
        mark = mark_of(stage.badge_key, seen.value)[:MARK_SIGNS] if stage.badge_key else ""
        holder = stage.bindings.holders.get(mark, "")
        return (Would("badge", reader.bay, holder=holder, shadow=reader.shadow),)
    if seen.kind is EventKind.press and (button := stage.bindings.button_at.get(at)):
        call = button.call(seen.value)
        what, word = ("call", str(call.kind)) if call else ("nothing", seen.value)
        place = (button.bay, button.technician)
        return (Would(what, *place, word, shadow=button.shadow),)
    return ()
