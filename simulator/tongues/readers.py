"""Readers of badges: esp-rfid at a door, a Nuki lock with its keypad. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.tongues.tongue import Badge, Deed, Moment, Said, told, word


@dataclass(frozen=True, slots=True)
class EspRfidTongue:
    """A reader by the name it gives itself, which is also its topic."""

    name: str
    channel: str = "badge"
    family: str = "esp-rfid"

    @property
    def base(self) -> str:
        """Its topic."""
        return self.name

    @property
    def device(self) -> str:
        """Its name."""
        return f"esprfid:{self.name}"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """A boot; it has no will."""
        boot = {"type": "boot", "hostname": self.name, "door": self.name}
        return [told(f"{self.name}/send", boot)] if is_there else []

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """A scan; whole seconds tell two apart."""
        if not isinstance(deed, Badge):
            return []
        read = {"cmd": "log", "type": "access", "isKnown": "true", "access": "Always"}
        scan = {**read, "time": int(now.seconds), "uid": deed.uid.lower(), "door": self.name}
        return [told(f"{self.name}/send", scan)]


@dataclass(frozen=True, slots=True)
class NukiTongue:
    """A lock by its id; a badge is an authorisation with the code of its person."""

    id: str
    channel: str = "badge"
    family: str = "nuki"
    base: str = ""

    @property
    def device(self) -> str:
        """Its id."""
        return f"nuki:{self.id}"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """Whether it is connected, and its name."""
        return [
            word(f"nuki/{self.id}/name", "gate", retain=True),
            word(f"nuki/{self.id}/connected", str(is_there).lower(), retain=True),
        ]

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """Action, trigger, authorisation, code, source: the first eight signs and the rest."""
        if not isinstance(deed, Badge):
            return []
        auth, code = int(deed.uid[:8], 16), int(deed.uid[8:] or "0", 16)
        return [word(f"nuki/{self.id}/lockActionEvent", f"3,0,{auth},{code},2")]
