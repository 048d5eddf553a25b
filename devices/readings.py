"""What a message can mean: values only, the same for every family of devices."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from devices.entities import Entity


class Capability(StrEnum):
    """What a channel measures, in our units: mm, degrees, percent, mV.

    True is: something there (occupancy), closed (contact), open (door), wet (leak), a tag in
    sight (tag_presence). Of lift the value is down, up or between.
    """

    occupancy = "occupancy"
    distance = "distance"
    contact = "contact"
    door = "door"
    lift = "lift"
    angle = "angle"
    input = "input"
    motion = "motion"
    vibration = "vibration"
    tag_presence = "tag_presence"
    leak = "leak"
    output = "output"
    battery = "battery"
    battery_low = "battery_low"
    battery_mv = "battery_mv"
    link = "link"


class Quality(StrEnum):
    """What a value is worth: bad = the device says that it cannot measure."""

    good = "good"
    stale = "stale"
    bad = "bad"
    unknown = "unknown"


class EventKind(StrEnum):
    """Things that happen once; never read from a retained message."""

    press = "press"
    badge = "badge"
    plate = "plate"
    vibration = "vibration"


class Alive(StrEnum):
    """What is known about a device being there; sleeping is not a fault."""

    online = "online"
    offline = "offline"
    sleeping = "sleeping"
    unknown = "unknown"


class Scope(StrEnum):
    """Whether a word counts for one device or for all behind a bridge."""

    device = "device"
    bridge = "bridge"


class Finding(StrEnum):
    """What a person at the device page should know."""

    interval = "interval"
    model = "model"
    clock = "clock"
    encrypted = "encrypted"
    battery = "battery"
    gap = "gap"
    alert = "alert"
    rebirth_wanted = "rebirth_wanted"
    unmapped = "unmapped"


Level = bool | float | str | None


class State(Struct, frozen=True, gc=False):
    """One level of one channel. `value` None means that the device has no value now.

    `channel` is the capability, or `<capability>-<place>` where a device has several (link:
    `link-rssi` in dBm, `link-lqi`, `link-snr` and `link-margin` in dB). `device` may be a
    changeable name until its discovery came; `bridge` names the gateway that carries the
    device, empty when it speaks itself. `device_time` is None when its clock is not believed.
    Copies of one reading (two gateways) have the same `dedupe`.
    """

    device: str
    channel: str
    capability: Capability
    value: Level
    received_at: datetime
    retained: bool
    device_time: datetime | None = None
    number: int | None = None
    bridge: str = ""
    quality: Quality = Quality.good
    dedupe: str = ""


class Event(Struct, frozen=True, gc=False):
    """Something that happened once; `key` is equal for every copy of the same happening.

    `value`: single, double, triple, long, release or the device's own word of a press (`count`
    says how often); the badge's uid in upper-case hex; the plate as read, in capitals. `score`
    and the candidates' order tell how sure a plate is, `track` which car in the picture.
    `facts` are what else the reader says, by name. Without a number of the device's own `alike`
    tells copies: at once by one `source`, within two seconds by another, or within
    `alike_seconds` by any, where its profile says so. `is_new`: its number may have been used
    before, but has moved while we listened.
    """

    device: str
    channel: str
    kind: EventKind
    value: str
    key: str
    received_at: datetime
    count: int = 1
    score: float | None = None
    candidates: tuple[str, ...] = ()
    track: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    device_time: datetime | None = None
    bridge: str = ""
    alike: str = ""
    source: str = ""
    alike_seconds: float | None = None
    is_new: bool = False


class Availability(Struct, frozen=True, gc=False):
    """A device or a bridge says (or its last will says) whether it is there.

    `boot` names one power-up: a late will of an earlier one can be told apart.
    """

    device: str
    alive: Alive
    received_at: datetime
    retained: bool
    boot: str = ""
    bridge: str = ""

    @property
    def scope(self) -> Scope:
        """Whether it speaks for every device behind it."""
        return Scope.bridge if is_bridge(self.device) else Scope.device


class Discovery(Struct, frozen=True):
    """A device exists. `alias` is the changeable name under which its messages come.

    `name` is what people call it; `topics` where it speaks, by what for. `gone`: it was
    withdrawn. `entities` are values that a foreign scheme declares on topics of its own.
    `interval_seconds`: how often it speaks.
    """

    device: str
    received_at: datetime
    alias: str = ""
    model: str = ""
    channels: tuple[str, ...] = ()
    bridge: str = ""
    name: str = ""
    topics: tuple[tuple[str, str], ...] = ()
    supported: bool = True
    gone: bool = False
    entities: tuple[Entity, ...] = ()
    interval_seconds: float | None = None


class Diagnostic(Struct, frozen=True):
    """Something about a device that changes no state. `interval_seconds`: how often it speaks;
    of `model` the `text` is the model.
    """

    device: str
    finding: Finding
    received_at: datetime
    text: str = ""
    interval_seconds: float | None = None
    device_time: datetime | None = None
    bridge: str = ""


class Malformed(Struct, frozen=True):
    """A message that cannot be read; `device` is empty when not even that is known."""

    topic: str
    reason: str
    device: str = ""
    bridge: str = ""


class Partial(Struct, frozen=True):
    """What only its family's memory completes: an alias, a number in a row, a declared topic.

    `body` is a value of the family's own; nobody else looks into it.
    """

    device: str
    topic: str
    body: object
    retained: bool
    received_at: datetime


Observation = State | Event | Availability | Discovery | Diagnostic | Malformed
Reading = Observation | Partial


def is_bridge(device: str) -> bool:
    """Whether an id names a gateway with devices behind it (`z2m-bridge:...`)."""
    return device.partition(":")[0].endswith("-bridge")
