"""The Things Stack v3: uplinks and joins of LoRaWAN devices. Pure.

The server leaves out fields of its envelope that are zero, false or empty; inside the decoded
values a missing key still means nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from devices.families.decoded import levels
from devices.families.lora import Uplink, meaning
from devices.families.message import Message, split
from devices.families.things_normal import normalized
from devices.families.values import iso_moment, percent, text_of, whole
from devices.payloads import BadPayload, Json
from devices.readings import (
    Alive,
    Capability,
    Discovery,
    Finding,
    Malformed,
    Observation,
    State,
)

EUI = re.compile(r"[0-9A-F]{16}\Z")


@dataclass(frozen=True, slots=True)
class ThingsStack:
    """Adapter of all applications of a server."""

    base: str = "v3"

    @property
    def filters(self) -> tuple[str, ...]:
        """Uplinks and joins, not what is sent to devices."""
        return (f"{self.base}/+/devices/+/up", f"{self.base}/+/devices/+/join")

    def claim(self, topic: str) -> float:
        """Sure of what devices of applications say."""
        return float(self._place(topic) is not None)

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Observation]:
        """The meaning of one message; what somebody simulated at the console means nothing."""
        place = self._place(topic)
        if place is None:
            return [Malformed(topic, "not a message of a device")]
        if not payload:
            return []
        message = Message(topic, payload, retained, received_at)
        value = message.read_object()
        if isinstance(value, BadPayload):
            return message.malformed(value.reason)
        ids = value.get("end_device_ids")
        device = _device(ids)
        if not isinstance(ids, dict) or not device:
            return message.malformed("no address of a device")
        if value.get("simulated") is True:
            return []
        found = _read(place, device, ids, value, message)
        return message.malformed(found.reason, device) if isinstance(found, BadPayload) else found

    def _place(self, topic: str) -> str | None:
        """`up` or `join` of a topic."""
        parts = split(self.base, topic)[1].split("/")
        if len(parts) != 4 or parts[1] != "devices":
            return None
        return parts[3] if parts[3] in ("up", "join") else None


def _device(ids: Json) -> str:
    """The id by address, or by name where the server keeps no address."""
    if not isinstance(ids, dict):
        return ""
    eui = text_of(ids.get("dev_eui")).upper()
    if EUI.match(eui):
        return f"lora:{eui}"
    told = ids.get("application_ids")
    application = text_of(told.get("application_id")) if isinstance(told, dict) else ""
    name = text_of(ids.get("device_id"))
    return f"tts:{application}/{name}" if name and "dev_eui" not in ids else ""


def _read(
    kind: str, device: str, ids: dict[str, Json], value: dict[str, Json], message: Message
) -> Sequence[Observation] | BadPayload:
    if kind == "join":
        new = Discovery(device, message.received_at, name=text_of(ids.get("device_id")))
        return [new, message.alive(device, Alive.online)]
    told = value.get("uplink_message")
    if not isinstance(told, dict):
        return BadPayload("uplink_message is no object")
    frame = whole(told.get("f_cnt", 0))
    at = iso_moment(told.get("received_at", value.get("received_at")))
    up = Uplink(
        device,
        told.get("decoded_payload"),
        told.get("rx_metadata"),
        message.believed(at),
        "" if frame is None else f"f_cnt:{frame}",
        text_of(ids.get("dev_addr")) if frame is not None else message.received_at.isoformat(),
        _model_of(told),
        whole(told.get("f_port", 0)),
        not told.get("frm_payload"),
    )
    common = normalized(told.get("normalized_payload"), message.received_at)
    found = meaning(message, replace(up, values={}) if up.values is None and common else up)
    if isinstance(found, BadPayload):
        return found
    found = [*found, *_common(common, up, message, found)]
    return [*found, *_battery(told, up, message, found), *_model(up, message)]


def _common(
    values: dict[str, Json], up: Uplink, message: Message, found: Sequence[Observation]
) -> list[State]:
    """What the server says in common words, where the decoder's own have not said it."""
    known = {one.channel for one in found if isinstance(one, State)}
    told = levels(message, up.device, values, up.at, up.frame)
    return [one for one in told if one.channel not in known]


def _model(up: Uplink, message: Message) -> list[Observation]:
    """The model under which the device was registered, where it came from the repository."""
    return [message.finding(up.device, Finding.model, up.model)] if up.model else []


def _model_of(told: dict[str, Json]) -> str:
    about = told.get("version_ids")
    return text_of(about.get("model_id")) if isinstance(about, dict) else ""


def _battery(
    told: dict[str, Json], up: Uplink, message: Message, found: Sequence[Observation]
) -> list[State]:
    """The level that the server remembers, unless the device itself has just told one."""
    if "last_battery_percentage" not in told or any(
        isinstance(one, State) and one.capability is Capability.battery for one in found
    ):
        return []
    last = told["last_battery_percentage"]
    left = percent(last.get("value") if isinstance(last, dict) else last)
    return [message.level(up.device, Capability.battery, left, at=up.at, dedupe=up.frame)]
