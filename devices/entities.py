"""A value on a topic of its own, as Home Assistant's discovery declares it. Values only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Presence:
    """A topic that says whether a value's device is there, in which words; `path` as of a value."""

    topic: str
    path: tuple[str, ...] = ()
    available: str = "online"
    not_available: str = "offline"


@dataclass(frozen=True, slots=True)
class Entity:
    """Where one declared value stands and how to read it.

    `kind` is the component (binary_sensor, sensor, event) or badge or button. `path` leads
    through JSON, empty for the whole payload. `mode`: all, any or latest of `presence`
    must say that the device is there. A button is pressed when `payload` comes (any, if empty);
    `press` says how and `subtype` which. `unmapped` says why a person has to look at it.
    """

    key: str
    kind: str
    device_class: str
    topic: str
    path: tuple[str, ...] = ()
    on: str = "ON"
    off: str = "OFF"
    unit: str = ""
    presence: tuple[Presence, ...] = ()
    mode: str = "latest"
    stale_after_seconds: float | None = None
    subtype: str = ""
    press: str = ""
    payload: str = ""
    name: str = ""
    unmapped: str = ""

    @property
    def availability(self) -> tuple[str, ...]:
        """The topics that say whether its device is there."""
        return tuple(one.topic for one in self.presence)
