"""How often a connection to the broker does what it does by itself. Values only."""

from dataclasses import dataclass

from devices.mqtt_client import KEEPALIVE_SECONDS
from devices.rivals import RIVAL_SECONDS


@dataclass(frozen=True, slots=True)
class Pace:
    """How often we say that we live (`probe_seconds`) and what time it is, look again for a rival,
    and after how long in a connection the broker is asked again for what it keeps.
    """

    keepalive_seconds: int = KEEPALIVE_SECONDS
    probe_seconds: float = 10.0
    rival_seconds: float = RIVAL_SECONDS
    again_seconds: float = 60.0
    time_seconds: float = 60.0


USUAL_PACE = Pace()
