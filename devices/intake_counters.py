"""What the intake counts."""

from dataclasses import dataclass


@dataclass(slots=True)
class IntakeCounters:
    """What happened since the start."""

    messages: int = 0
    events: int = 0
    reports: int = 0
    plates: int = 0
    calls: int = 0
    presses_unknown: int = 0
    gates_passed: int = 0
    badges: int = 0
    badges_unknown: int = 0
    badges_refused: int = 0
    refused: int = 0
    failed_sends: int = 0
    defects: int = 0
