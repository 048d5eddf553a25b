"""What the uplinks of all LoRaWAN servers have in common: decoded values and radio. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from devices.families.decoded import happenings, levels, meant, plain_key
from devices.families.decoded_shape import unpacked
from devices.families.message import Message
from devices.families.values import number, text_of
from devices.payloads import BadPayload, Json
from devices.readings import Capability, Finding, Observation, State

MOST_GATEWAYS = 100
WEAKEST, STRONGEST = -200, 50
STARTS = ("start", "boot", "join", "restart", "reboot", "reset", "power_on", "power on")
"""Kinds of messages in which a device repeats what it last knew before it was off."""
KINDS = frozenset({"type", "message_type", "msg_type", "frame_type", "packet_type", "uplink_type"})
PORTS_OF_STARTS = {"tps110": 3}
"""The same by the port, of models whose decoder need not tell the kind."""


@dataclass(frozen=True, slots=True)
class Uplink:
    """One uplink: `values` from the codec, None without one; `frame` is its number in `session`.
    `is_empty`: it carried nothing that a codec could read, as when a device answers its server.
    """

    device: str
    values: Json
    gateways: Json
    at: datetime | None
    frame: str
    session: str
    model: str = ""
    port: int | None = None
    is_empty: bool = False


def meaning(message: Message, up: Uplink) -> Sequence[Observation] | BadPayload:
    """Levels, presses and the radio of one uplink, whichever gateways heard it."""
    if up.values is None and up.is_empty:
        return radio(message, up)
    if up.values is None:
        return [*radio(message, up), message.finding(up.device, Finding.unmapped, "no codec")]
    if not isinstance(up.values, dict):
        return BadPayload("the decoded values are no object")
    values = _without_old(unpacked(up.values), up)
    # Numbers begin anew with each session, and without one with each battery.
    key = f"{up.session}/{message.received_at:%Y-%m-%d}/{up.frame}"
    return [
        *levels(message, up.device, values, up.at, up.frame),
        *radio(message, up),
        *happenings(message, up.device, values, key, up.at),
    ]


def radio(message: Message, up: Uplink) -> list[State]:
    """The best of the gateways that heard it."""
    best: tuple[float, float | None] | None = None
    listed = up.gateways[:MOST_GATEWAYS] if isinstance(up.gateways, list) else []
    for one in listed:
        if isinstance(one, dict):
            strength = number(one.get("rssi"))
            noise = number(one.get("snr", one.get("loRaSNR")))
            if strength is not None and WEAKEST <= strength <= STRONGEST:
                best = max(best or (strength, noise), (strength, noise), key=lambda told: told[0])
    if best is None:
        return []
    told = [message.level(up.device, Capability.link, best[0], "rssi", at=up.at, dedupe=up.frame)]
    if best[1] is None:
        return told
    noise_of = message.level(up.device, Capability.link, best[1], "snr", at=up.at, dedupe=up.frame)
    return [*told, noise_of]


def _without_old(values: dict[str, Json], up: Uplink) -> dict[str, Json]:
    """At a start the last state before it is repeated: it is no reading."""
    told = (text_of(one).strip() for key, one in values.items() if plain_key(key) in KINDS)
    model = up.model.lower()
    is_port = up.port is not None and any(
        name in model and up.port == port for name, port in PORTS_OF_STARTS.items()
    )
    if not is_port and not any(one.lower().startswith(STARTS) for one in told):
        return values
    return {key: one for key, one in values.items() if not _is_occupancy(key)}


def _is_occupancy(key: str) -> bool:
    one = meant(key)
    return one is not None and one.capability is Capability.occupancy
