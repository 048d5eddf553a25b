"""What devices ask of the desk, and as whom: reports of bays, arrivals proposed by a plate read."""

from hashlib import sha256

from board.core.bays import Presence, Sensed
from board.core.commands import ProposeArrival, ReportBay
from board.core.roles import Actor, Role
from devices.memory import BayReport, Cause
from devices.readings import Event

Asks = ReportBay | ProposeArrival
"""Every command that a device may cause."""

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
    )
    milliseconds = round(report.since.timestamp() * 1000)
    return command, f"bay:{report.bay}:{presence.value}:{milliseconds}"


def proposal_of(event: Event) -> tuple[ProposeArrival, str]:
    """The command for a plate read and its id, the same for every copy of the message."""
    command = ProposeArrival(plate=event.value, seen=event.received_at, device=event.device)
    return command, f"plate:{sha256(event.key.encode()).hexdigest()[:32]}"


def report_of(bay: str, sensed: Sensed) -> BayReport:
    """What the journal has of a bay, as the intake remembers it."""
    present = {value: key for key, value in PRESENCE.items()}[sensed.presence]
    return BayReport(bay, present, sensed.since, sensed.device, Cause.remembered)


def actor_of(command: Asks) -> Actor:
    """Who asks: the device that decided."""
    device = command.device or "sensors"
    return Actor("device", device, device, frozenset({Role.device}), via="mqtt")
