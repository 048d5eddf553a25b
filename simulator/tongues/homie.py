"""A Homie device of the fifth edition that describes itself. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.tongues.tongue import Badge, Car, Deed, Moment, Press, Said, told, word

_PROPERTIES = {
    "occupied": {"datatype": "boolean"},
    "button": {"datatype": "enum", "format": "single,double,long", "retained": False},
    "badge": {"datatype": "string", "retained": False},
}


@dataclass(frozen=True, slots=True)
class HomieTongue:
    """A device with one node, `bay`."""

    name: str
    channel: str = "occupancy-bay"
    family: str = "homie"
    base: str = ""

    @property
    def device(self) -> str:
        """Its id."""
        return f"homie:{self.name}"

    @property
    def _head(self) -> str:
        return f"homie/5/{self.name}"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """Its description and its state."""
        about = {
            "homie": "5.0",
            "version": 1,
            "name": self.name,
            "nodes": {"bay": {"properties": _PROPERTIES}},
        }
        return [
            told(f"{self._head}/$description", about, retain=True),
            word(f"{self._head}/$state", "ready" if is_there else "lost", retain=True),
        ]

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """One topic per property."""
        match deed:
            case Car(there):
                return [word(f"{self._head}/bay/occupied", str(there).lower(), retain=True)]
            case Press(pressed):
                return [word(f"{self._head}/bay/button", pressed)]
            case Badge(uid):
                return [word(f"{self._head}/bay/badge", uid)]
        return []
