"""What is counted of everything that goes out to devices and to other programs."""

from dataclasses import dataclass


@dataclass(slots=True)
class OutgoingCounters:
    """What happened since the start; the last two are as of now."""

    commands: int = 0
    resent: int = 0
    confirmed: int = 0
    kept: int = 0
    alarms: int = 0
    wanting: int = 0
