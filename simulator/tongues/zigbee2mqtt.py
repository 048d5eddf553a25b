"""Zigbee2MQTT, as its bridge tells of a device. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.tongues.tongue import Car, Deed, Moment, Press, Said, told


@dataclass(frozen=True, slots=True)
class ZigbeeTongue:
    """A device by its address, called `name` in Zigbee2MQTT; its model is one that shops buy.

    `beside`: what else the bridge carries, as the bridge lists it.
    """

    address: str
    name: str
    channel: str = "occupancy"
    model: str = "SNZB-06P"
    family: str = "zigbee2mqtt"
    base: str = ""
    beside: tuple["ZigbeeTongue", ...] = ()

    @property
    def device(self) -> str:
        """The address."""
        return f"z2m:{self.address}"

    @property
    def _head(self) -> str:
        return self.base or "zigbee2mqtt"

    @property
    def topic(self) -> str:
        """Where the bridge tells of it."""
        return f"{self._head}/{self.name}"

    @property
    def _listed(self) -> dict[str, object]:
        return {
            "ieee_address": self.address,
            "friendly_name": self.name,
            "type": "EndDevice",
            "definition": {"model": self.model, "vendor": "SONOFF", "exposes": []},
        }

    def lives(self, is_there: bool) -> Sequence[Said]:
        """The bridge's list, with this device in it, and its availability."""
        state = {"state": "online" if is_there else "offline"}
        listed = [one._listed for one in (self, *self.beside)]
        return [
            told(f"{self._head}/bridge/state", {"state": "online"}, retain=True),
            told(f"{self._head}/bridge/devices", listed, retain=True),
            told(f"{self.topic}/availability", state, retain=True),
        ]

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """One object with everything, and for a press the plain word beside it."""
        topic, quality = self.topic, 60 + now.number * 7 % 120
        match deed:
            case Car(there):
                level = {self.channel: there, "linkquality": quality}
                heard = {"last_seen": now.at.isoformat()}
                return [told(topic, level | heard, retain=True)]
            case Press(word):
                pressed = {"action": word, "battery": 91, "linkquality": quality}
                return [told(topic, pressed), Said(f"{topic}/action", word.encode())]
        return []
