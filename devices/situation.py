"""Everything that is known of the devices at one moment, for whoever tells of them. Values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from devices.alarms import Alarm
from devices.batteries import Battery
from devices.bindings import Bindings
from devices.inbox import Seen
from devices.logbooks import Logbooks
from devices.memory import Memory
from devices.profiles.known import Known
from devices.profiles.shelf import Shelf
from devices.quarantine import Suspect


@dataclass(frozen=True, slots=True)
class Situation:
    """`ids`: stable ones behind names; `unbound`: the one heard last first."""

    now: datetime
    bindings: Bindings
    memory: Memory
    known: Known
    shelf: Shelf
    logbooks: Logbooks
    unbound: Sequence[Seen]
    batteries: Mapping[str, Battery]
    suspects: Sequence[Suspect] = ()
    malformed: int = 0
    told: Sequence[Alarm] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
