"""Shelly of both kinds, with a contact or a button at its input. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.tongues.tongue import Car, Deed, Moment, Press, Said, told, word

_FIRST = {"single": "S", "double": "SS", "long": "L"}
_SECOND = {"single": "single_push", "double": "double_push", "long": "long_push"}


@dataclass(frozen=True, slots=True)
class FirstShellyTongue:
    """One of the first generation: plain topics, presses with a counter. It announces itself by
    the maker's word for its model.
    """

    model: str
    mac: str
    channel: str = "input-0"
    family: str = "shelly-gen1"
    base: str = ""
    announced: str = "SHSW-L"

    @property
    def device(self) -> str:
        """The MAC, which its announcement tells."""
        return f"shelly:{self.mac}"

    @property
    def _name(self) -> str:
        return f"{self.model}-{self.mac}"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """Its announcement and whether it is there."""
        about = {"id": self._name, "model": self.announced, "mac": self.mac}
        online = word(f"shellies/{self._name}/online", str(is_there).lower(), retain=True)
        return [told("shellies/announce", about), online]

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """A level is retained, and so is the last press."""
        match deed:
            case Car(there):
                level = str(int(there))
                return [word(f"shellies/{self._name}/input/0", level, retain=True)]
            case Press(pressed):
                said = {"event": _FIRST[pressed], "event_cnt": now.number}
                return [told(f"shellies/{self._name}/input_event/0", said, retain=True)]
        return []


@dataclass(frozen=True, slots=True)
class SecondShellyTongue:
    """One from the second generation on: notifications under its own prefix."""

    model: str
    mac: str
    channel: str = "input-0"
    family: str = "shelly-gen2"

    @property
    def base(self) -> str:
        """Its prefix."""
        return f"{self.model}-{self.mac.lower()}"

    @property
    def device(self) -> str:
        """The MAC, which its system's status tells."""
        return f"shelly:{self.mac}"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """Whether it is there, and who it is."""
        return [
            word(f"{self.base}/online", str(is_there).lower(), retain=True),
            told(f"{self.base}/status/sys", {"mac": self.mac, "uptime": 2}),
        ]

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """The change alone, with its time."""
        match deed:
            case Car(there):
                return [self._notified("NotifyStatus", {"input:0": {"id": 0, "state": there}}, now)]
            case Press(pressed):
                event = {"component": "input:0", "id": 0, "event": _SECOND[pressed]}
                events = [{**event, "ts": now.seconds}]
                return [self._notified("NotifyEvent", {"events": events}, now)]
        return []

    def _notified(self, method: str, params: dict[str, object], now: Moment) -> Said:
        body = {"ts": now.seconds, **params}
        frame = {"src": self.base, "dst": f"{self.base}/events", "method": method, "params": body}
        return told(f"{self.base}/events/rpc", frame)
