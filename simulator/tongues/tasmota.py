"""Tasmota with a switch, a button and a reader on its pins. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.tongues.tongue import Badge, Car, Deed, Moment, Press, Said, told, word


@dataclass(frozen=True, slots=True)
class TasmotaTongue:
    """A device with its MAC and its topic; `channel` is what hangs on its pins."""

    mac: str
    name: str
    channel: str = "input-1"
    family: str = "tasmota"
    base: str = ""

    @property
    def device(self) -> str:
        """The MAC, which its discovery tells."""
        return f"tasmota:{self.mac}"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """Its discovery, and its will or birth."""
        about = {
            "dn": self.name,
            "mac": self.mac,
            "md": "Generic",
            "t": self.name,
            "ft": "%prefix%/%topic%/",
            "tp": ["cmnd", "stat", "tele"],
        }
        alive = "Online" if is_there else "Offline"
        return [
            told(f"tasmota/discovery/{self.mac}/config", about, retain=True),
            word(f"tele/{self.name}/LWT", alive, retain=True),
        ]

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """Its times have no zone."""
        at = f"{now.at:%Y-%m-%dT%H:%M:%S}"
        match deed:
            case Car() if self.channel.startswith("distance"):
                far = {"Distance": now.distance_mm(deed) / 10}
                return [told(f"tele/{self.name}/SENSOR", {"Time": at, "SR04": far})]
            case Car(there):
                level = "ON" if there else "OFF"
                return [told(f"tele/{self.name}/SENSOR", {"Time": at, "Switch1": level})]
            case Press(pressed):
                return [told(f"stat/{self.name}/BUTTON1", {"ACTION": _PRESSES[pressed]})]
            case Badge(uid):
                read = {"Time": at, "RC522": {"UID": uid, "Type": "MIFARE 1KB"}}
                return [told(f"tele/{self.name}/SENSOR", read)]
        return []


_PRESSES = {"single": "SINGLE", "double": "DOUBLE", "long": "HOLD"}
