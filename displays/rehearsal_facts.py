"""What was read from a message, and what would follow from it, as pages are told: values only.

Whoever listens to the devices may be another process; that side has its own shapes.
"""

import msgspec

Level = bool | float | str | None


class Said(msgspec.Struct, frozen=True):
    """What was read from a message: of a channel a level, a press, a badge, a finding."""

    kind: str
    channel: str
    value: Level


class BayWould(msgspec.Struct, frozen=True):
    """What a bay's sensors say before, right after, and if it stays so for some seconds; with
    `shadow` what they would say.
    """

    bay: str
    before: bool | None
    now: bool | None
    later: bool | None
    cause: str
    after_seconds: float
    shadow: bool = False


class Would(msgspec.Struct, frozen=True):
    """What the desk would be asked: a report, a call, a badge, a plate, nothing. `shadow`: it is
    only noted.
    """

    what: str
    bay: str = ""
    technician: str = ""
    word: str = ""
    holder: str = ""
    shadow: bool = False


class Rehearsed(msgspec.Struct, frozen=True):
    """What a message would mean; `unbound`: devices that it tells of and that hang nowhere."""

    is_claimed: bool
    said: tuple[Said, ...] = ()
    unbound: tuple[str, ...] = ()
    bays: tuple[BayWould, ...] = ()
    would: tuple[Would, ...] = ()
