"""ChirpStack: uplinks, status and joins of LoRaWAN devices. Pure.

Version 4 writes `deviceInfo.devEui` and an object; version 3 wrote `devEUI` in base64 and the
object as a text of its own. Both speak on the same topics.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from devices.families.lora import Uplink, meaning
from devices.families.message import Message, split
from devices.families.values import iso_moment, number, percent, text_of, whole
from devices.payloads import BadPayload, Json, read_json
from devices.readings import Alive, Capability, Discovery, Finding, Malformed, Observation

MOST_PACKED = 16 * 1024
EUI = re.compile(r"[0-9a-f]{16}\Z")


@dataclass(frozen=True, slots=True)
class ChirpStack:
    """Adapter of all applications of a server."""

    base: str = "application"

    @property
    def filters(self) -> tuple[str, ...]:
        """What happens to devices; commands and gateways speak elsewhere."""
        return (f"{self.base}/+/device/+/event/+",)

    def claim(self, topic: str) -> float:
        """Sure of events of devices."""
        return float(self._place(topic) is not None)

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Observation]:
        """The meaning of one event; acknowledgements and the like mean nothing."""
        place = self._place(topic)
        if place is None:
            return [Malformed(topic, "not an event of a device")]
        told, kind = place
        if kind not in ("up", "status", "join") or not payload:
            return []
        message = Message(topic, payload, retained, received_at)
        value = message.read_object()
        if isinstance(value, BadPayload):
            return message.malformed(value.reason, f"lora:{told}" if EUI.match(told) else "")
        eui = _eui(value)
        if not eui or (EUI.match(told) and told != eui):
            return message.malformed("no address of a device, or not that of its topic")
        found = _read(kind, f"lora:{eui}", value, message)
        if isinstance(found, BadPayload):
            return message.malformed(found.reason, f"lora:{eui}")
        return [*found, *_model(kind, f"lora:{eui}", value, message)]

    def _place(self, topic: str) -> tuple[str, str] | None:
        """Address and kind of event of a topic."""
        parts = split(self.base, topic)[1].split("/")
        if len(parts) != 5 or (parts[1], parts[3]) != ("device", "event"):
            return None
        return parts[2].lower(), parts[4]


def _eui(value: dict[str, Json]) -> str:
    """The device's address in hex, of either version; empty for none."""
    about = value.get("deviceInfo")
    if isinstance(about, dict):
        told = text_of(about.get("devEui")).lower()
        return told if EUI.match(told) else ""
    former = text_of(value.get("devEUI"))
    if EUI.match(former.lower()):
        return former.lower()
    try:
        raw = base64.b64decode(former, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return raw.hex() if len(raw) == 8 else ""


def _read(
    kind: str, device: str, value: dict[str, Json], message: Message
) -> Sequence[Observation] | BadPayload:
    if kind == "join":
        return _joined(device, value, message)
    if kind == "status":
        return _status(device, value, message)
    values = _object(value)
    if isinstance(values, BadPayload):
        return values
    frame = whole(value.get("fCnt"))
    up = Uplink(
        device,
        values,
        value.get("rxInfo"),
        message.believed(iso_moment(value.get("time"))),
        "" if frame is None else f"fCnt:{frame}",
        text_of(value.get("devAddr")) if frame is not None else message.received_at.isoformat(),
        _profile(value),
        whole(value.get("fPort")),
        value.get("data") == "",
    )
    return meaning(message, up)


def _model(
    kind: str, device: str, value: dict[str, Json], message: Message
) -> Sequence[Observation]:
    """The server's profile of a device is named after its model; a join has told it already."""
    model = _profile(value)
    known = model and kind != "join"
    return [message.finding(device, Finding.model, model)] if known else []


def _profile(value: dict[str, Json]) -> str:
    about = value.get("deviceInfo")
    told = about if isinstance(about, dict) else value
    return text_of(told.get("deviceProfileName"))


def _object(value: dict[str, Json]) -> Json | BadPayload:
    """What the codec made of the bytes; version 3 packed it as text."""
    if "deviceInfo" in value or not isinstance(value.get("objectJSON"), str):
        return value.get("object")
    packed = text_of(value["objectJSON"], MOST_PACKED + 1)
    return read_json(packed.encode("utf-8", "replace"), MOST_PACKED) if packed else None


def _status(device: str, value: dict[str, Json], message: Message) -> Sequence[Observation]:
    """Battery and margin in dB; a missing level is unknown, as is 0, LoRaWAN's word for mains."""
    is_lost = value.get("batteryLevelUnavailable") is True
    on_mains = value.get("externalPowerSource") is True
    left = None if is_lost or on_mains else percent(value.get("batteryLevel")) or None
    found = [message.level(device, Capability.battery, left)]
    margin = number(value.get("margin"))
    if margin is not None:
        found.append(message.level(device, Capability.link, margin, "margin"))
    return found


def _joined(device: str, value: dict[str, Json], message: Message) -> Sequence[Observation]:
    about = value.get("deviceInfo")
    told = about if isinstance(about, dict) else value
    name, model = text_of(told.get("deviceName")), text_of(told.get("deviceProfileName"))
    new = Discovery(device, message.received_at, model=model, name=name)
    return [new, message.alive(device, Alive.online)]
