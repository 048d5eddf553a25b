"""Lamps on relays, as Tasmota, Shelly and Zigbee2MQTT switch them and say so. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator.lamps.lamp import json_of, turn
from simulator.tongues.shelly import SecondShellyTongue
from simulator.tongues.tasmota import TasmotaTongue
from simulator.tongues.tongue import Said, told, word
from simulator.tongues.zigbee2mqtt import ZigbeeTongue

ON, OFF = "ON", "OFF"


@dataclass(slots=True)
class TasmotaTower:
    """A relay for each tier of a tower light."""

    mac: str
    name: str
    family: str = "tasmota"
    base: str = ""
    shows: dict[str, str] = field(default_factory=dict)

    @property
    def device(self) -> str:
        """The MAC, which its discovery tells."""
        return f"tasmota:{self.mac}"

    @property
    def hears(self) -> str:
        """All its commands."""
        return f"cmnd/{self.name}/#"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """As any Tasmota."""
        return TasmotaTongue(self.mac, self.name).lives(is_there)

    def obeys(self, topic: str, payload: bytes) -> Sequence[Said]:
        """The result as an object and as a word."""
        what = topic.rpartition("/")[2]
        said = payload.decode("utf-8", "replace").upper()
        if not what.startswith("POWER") or said not in (ON, OFF):
            return [told(f"stat/{self.name}/RESULT", {"Command": "Unknown"})]
        turn(self.shows, f"output-{what.removeprefix('POWER')}", said == ON)
        head = f"stat/{self.name}"
        return [told(f"{head}/RESULT", {what: said}), word(f"{head}/{what}", said)]


@dataclass(slots=True)
class ShellyRelay:
    """A lamp behind a Shelly of a later generation, which is asked and answers."""

    model: str
    mac: str
    family: str = "shelly-gen2"
    shows: dict[str, str] = field(default_factory=dict)

    @property
    def _tongue(self) -> SecondShellyTongue:
        return SecondShellyTongue(self.model, self.mac)

    @property
    def base(self) -> str:
        """Its prefix."""
        return self._tongue.base

    @property
    def device(self) -> str:
        """Its name, as it may not tell its MAC for hours."""
        return f"shelly:{self.base}"

    @property
    def hears(self) -> str:
        """Where it is asked."""
        return f"{self.base}/rpc"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """As any Shelly."""
        return self._tongue.lives(is_there)

    def obeys(self, topic: str, payload: bytes) -> Sequence[Said]:
        """The answer goes to who asked; a change is told to everybody besides."""
        asked = json_of(payload)
        params = asked.get("params")
        if asked.get("method") != "Switch.Set" or not isinstance(params, dict):
            return []
        relay, on = params.get("id", 0), params.get("on") is True
        changed = turn(self.shows, f"output-{relay}", on)
        result = {"was_on": on is not changed}
        frame = {"id": asked.get("id"), "src": self.base, "dst": asked.get("src")}
        answer = told(f"{asked.get('src')}/rpc", {**frame, "result": result})
        switch = {f"switch:{relay}": {"id": relay, "output": on, "source": "MQTT"}}
        status = {"src": self.base, "dst": f"{self.base}/events", "method": "NotifyStatus"}
        notified = told(f"{self.base}/events/rpc", {**status, "params": switch})
        return [answer, notified] if changed else [answer]


@dataclass(slots=True)
class ZigbeeLamp:
    """A lamp or plug of Zigbee2MQTT."""

    tongue: ZigbeeTongue
    family: str = "zigbee2mqtt"
    shows: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The bridge's."""
        return self.tongue.base

    @property
    def device(self) -> str:
        """The address."""
        return self.tongue.device

    @property
    def hears(self) -> str:
        """Where the bridge is told what it should do."""
        return f"{self.tongue.topic}/set"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """As anything that the bridge carries."""
        return self.tongue.lives(is_there)

    def obeys(self, topic: str, payload: bytes) -> Sequence[Said]:
        """Its state, when the lamp has answered by radio."""
        state = json_of(payload).get("state")
        if state not in (ON, OFF):
            return []
        turn(self.shows, "output", state == ON)
        return [told(self.tongue.topic, {"state": state, "linkquality": 96})]
