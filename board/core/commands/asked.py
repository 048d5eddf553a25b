"""What every command has in common."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Command:
    """Common to all: `reason` says why, where the rules ask for it."""

    reason: str = ""
