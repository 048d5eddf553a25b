"""Who a Shelly of any generation is: its MAC behind the id that people may change. Pure."""

import re
from collections.abc import Sequence

from devices.families.message import Message
from devices.families.values import text_of
from devices.payloads import BadPayload
from devices.readings import Discovery, Observation

MAC = re.compile(r"[0-9A-F]{12}\Z")


def discovery(message: Message, device: str = "") -> Sequence[Observation] | list[Discovery]:
    """The device of an announcement or, with `device`, of a report that names its MAC."""
    value = message.read_object()
    if isinstance(value, BadPayload):
        return [] if device else message.malformed(value.reason)
    name, mac = text_of(value.get("id")), text_of(value.get("mac"))
    found = stable(device or f"shelly:{name}", mac, message, model=text_of(value.get("model")))
    if not device and (not found or not name):
        return message.malformed("id or mac is missing")
    return found


def stable(device: str, mac: str, message: Message, *, model: str = "") -> list[Discovery]:
    """The discovery of a device by its MAC, or nothing when that is none."""
    plain = mac.replace(":", "").upper()
    if not MAC.match(plain):
        return []
    return [Discovery(f"shelly:{plain}", message.received_at, alias=device, model=model)]
