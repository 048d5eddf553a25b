"""Bluetooth devices that a script on a Shelly hears and tells as events of its own. Pure.

The widely used script tells each packet with the device's address and the packet's number.
"""

from collections.abc import Sequence
from datetime import datetime

from devices.families.message import Message
from devices.families.values import number, percent, text_of, whole
from devices.payloads import Json
from devices.readings import Capability, Finding, Observation, State

EVENT = "shelly-blu"
PRESSES = {1: "single", 2: "double", 3: "triple", 4: "long", 128: "long", 254: "long"}
LEVELS = (("window", Capability.door), ("motion", Capability.motion))
MOST_BUTTONS = 8


def heard(data: Json, at: datetime | None, message: Message) -> Sequence[Observation]:
    """What one packet says; a packet without an address is nobody's."""
    if not isinstance(data, dict):
        return ()
    mac = text_of(data.get("address")).replace(":", "").upper()
    if len(mac) != 12 or not all(sign in "0123456789ABCDEF" for sign in mac):
        return ()
    device = f"ble:{mac}"
    if data.get("encryption") is True and "battery" not in data:
        return [message.finding(device, Finding.encrypted, "it speaks in cipher, without a key")]
    packet = whole(data.get("pid"))
    found = _levels(device, data, at, message, "" if packet is None else f"packet:{packet}")
    told = data.get("button")
    codes = told if isinstance(told, list) else [told]
    pressed: list[Observation] = []
    for place, code in enumerate(codes[:MOST_BUTTONS], start=1):
        word = PRESSES.get(whole(code) or 0)
        if word:
            pressed += message.press(device, str(place), word, _key(packet, message), at=at)
    return [*found, *pressed]


def _key(packet: int | None, message: Message) -> str:
    """Numbers of packets go round: ten minutes tell one round from the next."""
    at = message.received_at
    return "" if packet is None else f"{at:%Y-%m-%dT%H}:{at.minute // 10}/packet:{packet}"


def _levels(
    device: str, data: dict[str, Json], at: datetime | None, message: Message, dedupe: str
) -> list[State]:
    found: list[State] = []
    for key, capability in LEVELS:
        level = data.get(key)
        if isinstance(level, bool) or level in (0, 1):
            found.append(message.level(device, capability, bool(level), at=at, dedupe=dedupe))
    if "battery" in data:
        left = percent(data["battery"])
        found.append(message.level(device, Capability.battery, left, at=at, dedupe=dedupe))
    degrees, strength = number(data.get("rotation")), number(data.get("rssi"))
    if degrees is not None:
        found.append(message.level(device, Capability.angle, degrees, at=at, dedupe=dedupe))
    if strength is not None and strength < 0:
        found.append(message.level(device, Capability.link, strength, "rssi", dedupe=dedupe))
    return found
