"""What devices ask of the desk, and as whom: reports of bays, arrivals proposed by a plate read,
gates that are passed, help called by a button, a badge shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from board.core.bays import Presence, Sensed
from board.core.commands import CallHelp, PassGate, ProposeArrival, ReportBay, ShowBadge
from board.core.roles import Actor, Role
from board.core.shop import Person
from devices.gates import Gates
from devices.memory import BayReport, Cause
from devices.readings import Event

Asks = ReportBay | ProposeArrival | PassGate | CallHelp | ShowBadge
"""Every command that a device may cause."""


@dataclass(frozen=True, slots=True)
class Asker:
    """The device that asks, and the person whose badge it read, if any."""

    device: str
    person: str = ""


PRESENCE = {True: Presence.present, False: Presence.absent, None: Presence.unknown}


def command_of(report: BayReport) -> tuple[ReportBay, str]:
    """The command for a report and its id, the same however often it is sent."""
    presence = PRESENCE[report.present]
    command = ReportBay(
        bay=report.bay,
        presence=presence,
        since=report.since,
        device=report.device,
        reason=report.reason.value,
        live=report.reason is Cause.sensor,
    )
    milliseconds = round(report.since.timestamp() * 1000)
    return command, f"bay:{report.bay}:{presence.value}:{milliseconds}"


def proposal_of(event: Event, gates: Gates, key: str = "") -> tuple[ProposeArrival, str]:
    """The command for a plate read and its id, the same for every copy of the message.

    `key`: the name of the key by which it was posted, which also stands for the camera at a gate.
    """
    gate = gates.by_camera.get(event.device) or gates.by_camera.get(f"alpr:{key}", "")
    command = ProposeArrival(
        plate=event.value,
        seen=event.received_at,
        device=event.device,
        score=event.score,
        others=tuple(one for one in event.candidates if one != event.value),
        track=_short(f"{event.device} {event.track}") if event.track else "",
        gate=gate,
        watched=gate in gates.watched,
    )
    return command, id_of(event)


def id_of(event: Event) -> str:
    """The id of what is asked because of an event, the same for every copy of the message."""
    return f"{event.kind}:{_short(event.key)}"


def _short(text: str) -> str:
    """What stands for a text of any length, whatever it may hold."""
    return sha256(text.encode()).hexdigest()[:32]


def report_of(bay: str, sensed: Sensed) -> BayReport:
    """What the journal has of a bay, as the intake remembers it."""
    present = {value: key for key, value in PRESENCE.items()}[sensed.presence]
    return BayReport(bay, present, sensed.since, sensed.device, Cause.remembered)


def actor_of(asker: Asker, people: Mapping[str, Person]) -> Actor:
    """Who asks: the device that decided, or whoever held a badge before it."""
    person, name = people.get(asker.person), asker.device or "sensors"
    if person is not None and not person.removed:
        return Actor("person", person.id, person.name, person.roles, via=f"badge {name}")
    return Actor("device", name, name, frozenset({Role.device}), via="mqtt")
