"""Events about holds that last too long."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HoldEscalated:
    """The controller was told of a hold that lasts too long; it still belongs to its owner."""

    job: str
