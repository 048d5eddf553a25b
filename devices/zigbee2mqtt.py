"""Zigbee2MQTT: occupancy and contact sensors, their availability, and who they are. Pure.

Messages come under a friendly name that people change; the list of devices gives the
address behind each name. States leave here under the name, `identity` puts the address in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from devices.payloads import MOST_BYTES, MOST_BYTES_OF_A_LIST, BadPayload, Json, read_json
from devices.readings import (
    Alive,
    Availability,
    Capability,
    Discovery,
    Malformed,
    Observation,
    State,
)

LEVELS = {
    "occupancy": Capability.occupancy,
    "presence": Capability.occupancy,
    "contact": Capability.contact,
}
LONGEST_TEXT = 120
MOST_DEVICES = 500


@dataclass(frozen=True, slots=True)
class Zigbee2Mqtt:
    """Adapter of one Zigbee2MQTT instance, named by its base topic."""

    base: str = "zigbee2mqtt"

    @property
    def filters(self) -> tuple[str, ...]:
        """Everything under the base topic: names may contain slashes."""
        return (f"{self.base}/#",)

    @property
    def bridge(self) -> str:
        """The id of the instance itself, whose absence makes all its devices unknown."""
        return f"z2m-bridge:{self.base}"

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Observation]:
        """The meaning of one message; attribute copies and commands mean nothing."""
        head, slash, name = topic.partition(f"{self.base}/")
        if head or not slash or not name:
            return [Malformed(topic, "not under the base topic")]
        if not payload or _is_command(name):
            return []
        found = self._read(name, payload, retained, received_at)
        if isinstance(found, BadPayload):
            device = self.bridge if name.startswith("bridge/") else stable_id(name)
            return [Malformed(topic, found.reason, device)]
        return found

    def _read(
        self, name: str, payload: bytes, retained: bool, received_at: datetime
    ) -> list[Observation] | BadPayload:
        if name == "bridge/devices":
            return self._devices(payload, received_at)
        if name == "bridge/event":
            return [] if retained else self._joined(payload, received_at)
        if name == "bridge/state":
            return self._alive(self.bridge, "", payload, retained, received_at)
        if name.startswith("bridge/"):
            return []
        if name.endswith("/availability"):
            device = stable_id(name.removesuffix("/availability"))
            return self._alive(device, self.bridge, payload, retained, received_at)
        return self._states(name, payload, retained, received_at)

    def _states(
        self, name: str, payload: bytes, retained: bool, received_at: datetime
    ) -> list[Observation] | BadPayload:
        if "/" in name and len(payload) <= MOST_BYTES and not payload.lstrip().startswith(b"{"):
            return []
        value = read_json(payload)
        if isinstance(value, BadPayload):
            return value
        if not isinstance(value, dict):
            return BadPayload("not a JSON object")
        found: list[Observation] = []
        for key, capability in LEVELS.items():
            level = value.get(key)
            if level is not None and not isinstance(level, bool):
                return BadPayload(f"{key} is not a boolean")
            if key in value:
                device = stable_id(name)
                found.append(
                    State(
                        device,
                        key,
                        capability,
                        level,
                        received_at,
                        retained,
                        bridge=self.bridge,
                    )
                )
        return found

    def _alive(
        self, device: str, bridge: str, payload: bytes, retained: bool, received_at: datetime
    ) -> list[Observation] | BadPayload:
        """The word is a JSON object since version 2 and was plain text before."""
        plain = payload.strip()
        value = read_json(payload) if plain.startswith(b"{") else plain.decode("utf-8", "replace")
        if isinstance(value, BadPayload):
            return value
        word = value.get("state") if isinstance(value, dict) else value
        if word not in ("online", "offline"):
            return BadPayload("state is not online or offline")
        return [Availability(device, Alive(str(word)), received_at, retained, bridge=bridge)]

    def _devices(self, payload: bytes, received_at: datetime) -> list[Observation] | BadPayload:
        value = read_json(payload, MOST_BYTES_OF_A_LIST)
        if isinstance(value, BadPayload):
            return value
        if not isinstance(value, list):
            return BadPayload("not a JSON list")
        found = [self._discovery(entry, received_at) for entry in value[:MOST_DEVICES]]
        return [device for device in found if device is not None]

    def _joined(self, payload: bytes, received_at: datetime) -> list[Observation] | BadPayload:
        value = read_json(payload)
        if isinstance(value, BadPayload):
            return value
        if not isinstance(value, dict):
            return BadPayload("not a JSON object")
        if value.get("type") not in ("device_joined", "device_announce", "device_interview"):
            return []
        found = self._discovery(value.get("data"), received_at)
        return [] if found is None else [found]

    def _discovery(self, entry: Json, received_at: datetime) -> Discovery | None:
        """One listed device; the coordinator itself and entries without address are none."""
        if not isinstance(entry, dict) or entry.get("type") == "Coordinator":
            return None
        address, name = entry.get("ieee_address"), entry.get("friendly_name")
        if not isinstance(address, str) or not 0 < len(address) <= LONGEST_TEXT:
            return None
        alias = stable_id(name[:LONGEST_TEXT]) if isinstance(name, str) else ""
        return Discovery(
            stable_id(address.lower()),
            received_at,
            alias=alias,
            model=_model(entry),
            channels=_channels(entry),
            bridge=self.bridge,
        )


def stable_id(address: str) -> str:
    """The id under which a Zigbee device is bound: its IEEE address, never its name."""
    return f"z2m:{address}"


def _is_command(name: str) -> bool:
    words = name.split("/")
    return any(word in ("set", "get") for word in words[1:]) or name.startswith("bridge/request/")


def _definition(entry: dict[str, Json]) -> dict[str, Json]:
    definition = entry.get("definition")
    return definition if isinstance(definition, dict) else {}


def _model(entry: dict[str, Json]) -> str:
    model = _definition(entry).get("model") or entry.get("model_id")
    return model[:LONGEST_TEXT] if isinstance(model, str) else ""


def _channels(entry: dict[str, Json]) -> tuple[str, ...]:
    exposes = _definition(entry).get("exposes")
    listed = exposes if isinstance(exposes, list) else []
    names = [item.get("property") for item in listed if isinstance(item, dict)]
    return tuple(name for name in names if isinstance(name, str) and name in LEVELS)
