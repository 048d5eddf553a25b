"""The native scheme, as a device of the shop's own making speaks it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from devices.topics import DeviceTopic, Part, build
from simulator.tongues.tongue import VOTES, Badge, Car, Deed, Moment, Plate, Press, Said, told


@dataclass(frozen=True, slots=True)
class NativeTongue:
    """A device under `shop/<site>/dev/<id>`; `channel` says what it is."""

    id: str
    channel: str = "occupancy"
    site: str = "main"
    family: str = "native"
    base: str = ""

    @property
    def device(self) -> str:
        """The id of the scheme."""
        return f"native:{self.id}"

    def topic(self, part: Part, channel: str = "") -> str:
        """Where it speaks."""
        return build(DeviceTopic(self.site, self.id, part, channel))

    def lives(self, is_there: bool) -> Sequence[Said]:
        """Its status; what it can do is told by what it says."""
        status = {"s": "online" if is_there else "offline", "boot": "1"}
        return [told(self.topic(Part.status), status, retain=True)]

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """Levels are retained, events are not."""
        if isinstance(deed, Car):
            return self._level(deed, now)
        kind, what = _event(deed)
        read: dict[str, object] = {"e": kind, "k": what, "t": now.seconds, "id": f"1-{now.number}"}
        if isinstance(deed, Plate):
            read["score"] = deed.score
        return [told(self.topic(Part.event, self.channel), read)]

    def _level(self, car: Car, now: Moment) -> Sequence[Said]:
        votes = VOTES if self.channel == "distance" else 1
        topic, at = self.topic(Part.state, self.channel), round(now.seconds, 1)
        value = now.distance_mm(car) if self.channel == "distance" else car.there
        numbers = (now.number * VOTES + vote for vote in range(votes))
        return [told(topic, {"v": value, "t": at, "n": one}, retain=True) for one in numbers]


def _event(deed: Press | Badge | Plate) -> tuple[str, str]:
    match deed:
        case Press(word):
            return "press", word
        case Badge(uid):
            return "badge", uid
        case Plate(text):
            return "plate", text
