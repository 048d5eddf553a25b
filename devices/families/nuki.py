"""Nuki: who opened a lock and how, its door, its batteries. Pure.

Each value has a topic of its own, and most are retained: what the broker kept opens nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from devices.families.message import Message, split
from devices.families.values import percent
from devices.payloads import BadPayload, read_text
from devices.readings import (
    Alive,
    Capability,
    Discovery,
    EventKind,
    Malformed,
    Observation,
    Quality,
)

ID = re.compile(r"[0-9A-Fa-f]{6,16}\Z")
ACTIONS = {
    1: "unlock", 2: "lock", 3: "unlatch", 4: "lock_n_go", 5: "lock_n_go_unlatch", 6: "full_lock",
    80: "fob", 90: "button",
}  # fmt: skip
METHODS = {1: "keypad", 2: "fingerprint"}
DOORS = {2: False, 3: True}
"""States of the door sensor that tell something: closed and open."""
CANNOT_TELL = (5, 16, 240)
"""Being calibrated, not calibrated, tampered with."""
LOW = {
    "batteryCritical": "", "keypadBatteryCritical": "keypad",
    "doorsensorBatteryCritical": "doorsensor",
}  # fmt: skip
TRUTH = {"true": True, "1": True, "false": False, "0": False}
TOLD = ("lockActionEvent", "doorsensorState", "batteryChargeState", "connected", "name", *LOW)
MOST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Nuki:
    """Adapter of all locks under one topic."""

    base: str = "nuki"

    @property
    def filters(self) -> tuple[str, ...]:
        """What locks tell; nothing that moves one."""
        return tuple(f"{self.base}/+/{one}" for one in TOLD)

    def claim(self, topic: str) -> float:
        """Sure of what stands under its topic and an id."""
        return float(self._place(topic) is not None)

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Observation]:
        """The meaning of one value."""
        place = self._place(topic)
        if place is None:
            return [Malformed(topic, "not a topic of a lock")]
        device, what = f"nuki:{place[0].upper()}", place[1]
        if what not in TOLD or not payload:
            return []
        message = Message(topic, payload, retained, received_at)
        text = read_text(payload, 500)
        found = text if isinstance(text, BadPayload) else _read(device, what, text.strip(), message)
        return message.malformed(found.reason, device) if isinstance(found, BadPayload) else found

    def _place(self, topic: str) -> tuple[str, str] | None:
        lock, _, what = split(self.base, topic)[1].partition("/")
        return (lock, what) if what and ID.match(lock) else None


def _read(
    device: str, what: str, text: str, message: Message
) -> Sequence[Observation] | BadPayload:
    if what == "name":
        return [Discovery(device, message.received_at, model="Nuki", name=text[:120])]
    if what == "lockActionEvent":
        return _action(device, text, message)
    if what == "doorsensorState":
        return _door(device, text, message)
    if what == "batteryChargeState":
        return [message.level(device, Capability.battery, percent(text))]
    truth = TRUTH.get(text.lower())
    if truth is None:
        return BadPayload("not true or false")
    if what == "connected":
        return [message.alive(device, Alive.online if truth else Alive.offline)]
    return [message.level(device, Capability.battery_low, truth, LOW[what])]


def _door(device: str, text: str, message: Message) -> Sequence[Observation] | BadPayload:
    if not _is_number(text):
        return BadPayload("not a state of a door")
    state = int(text)
    quality = Quality.bad if state in CANNOT_TELL else Quality.good
    return [message.level(device, Capability.door, DOORS.get(state), quality=quality)]


def _action(device: str, text: str, message: Message) -> Sequence[Observation] | BadPayload:
    """Action, trigger, authorisation, code, source; without an authorisation it was nobody."""
    parts = [one.strip() for one in text.split(",")]
    if not 3 <= len(parts) <= 8 or not all(_is_number(one) for one in parts):
        return BadPayload("not five numbers")
    action, _, auth, code, source = (int(one) for one in (*parts, "0", "0")[:5])
    if not auth:
        return []
    facts = {
        "auth_id": str(auth),
        "code_id": str(code),
        "method": METHODS.get(source, "app"),
        "action": ACTIONS.get(action, str(action)),
    }
    # All who use a keypad share its authorisation; the code tells who it is.
    badge = f"{auth:08X}{code:04X}"
    return message.once(device, "badge", EventKind.badge, badge, facts=facts)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
