"""An ESPHome node with a presence sensor, an event and a card reader. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.tongues.tongue import Badge, Car, Deed, Moment, Press, Said, told, word


@dataclass(frozen=True, slots=True)
class EspHomeTongue:
    """A node by its name, opened under it."""

    name: str
    channel: str = "occupancy"
    family: str = "esphome"

    @property
    def base(self) -> str:
        """Its topic prefix."""
        return self.name

    @property
    def device(self) -> str:
        """Its name, which is fixed when it is built."""
        return f"esphome:{self.name}"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """Birth or will."""
        return [word(f"{self.name}/status", "online" if is_there else "offline", retain=True)]

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """One topic per component."""
        match deed:
            case Car() if self.channel.startswith("distance"):
                metres = f"{now.distance_mm(deed) / 1000:.2f}"
                return [word(f"{self.name}/sensor/distance/state", metres, retain=True)]
            case Car(there):
                topic = f"{self.name}/binary_sensor/occupancy/state"
                return [word(topic, "ON" if there else "OFF", retain=True)]
            case Press(pressed):
                return [told(f"{self.name}/event/button/state", {"event_type": pressed})]
            case Badge(uid):
                return [word(f"{self.name}/text_sensor/badge/state", uid)]
        return []
