"""Lamps, bays and commands for the tests of what goes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from devices.lamp_fold import Heard, Outputs, Wishes, alarms, fold
from devices.lamp_looks import Look, looks
from devices.lamp_places import Place
from devices.lamps import Lamp
from devices.shown import BayShown, ShopShown, Tone
from devices.signals import Signal

RED = Lamp("tasmota:tower", "output-1", "bay-4", "lamp", ("late", "safety"))
BLUE = Lamp("tasmota:tower", "output-2", "bay-4", "lamp", ("help",))
ON, OFF = Look(on=True), Look()


def bay(tone: Tone = Tone.neutral, bay_id: str = "bay-4", **more: object) -> BayShown:
    return replace(BayShown(bay_id, f"Bay {bay_id[-1]}", tone), **more)  # type: ignore[arg-type]


def shop(*bays: BayShown, now: float = 1000.0, minute: int = 600) -> ShopShown:
    return ShopShown("Test Motors", now, minute, bays)


def look(lamp: Lamp, *bays: BayShown, now: float = 1000.0) -> Look:
    return looks([lamp], shop(*bays, now=now))[lamp]


@dataclass
class Line:
    """Outputs from step to step, with all that was sent and when."""

    wishes: Wishes
    outputs: Outputs = field(default_factory=Outputs)
    sent: list[tuple[float, Signal]] = field(default_factory=list)

    def step(self, now: float, *heard: Heard) -> Sequence[Signal]:
        self.outputs, signals = fold(self.outputs, self.wishes, heard, now)
        self.sent += [(now, one) for one in signals]
        return signals

    def want(self, **looks_by: Look) -> None:
        """Other looks, by the channel with _ for -."""
        self.wishes = {
            lamp: (place, looks_by.get(lamp.channel.replace("-", "_"), look))
            for lamp, (place, look) in self.wishes.items()
        }

    def run(self, begin: float, end: float, step: float = 0.25) -> None:
        """Steps in which nothing is heard."""
        now = begin
        while now <= end:
            self.step(now)
            now += step

    def alarms(self, now: float) -> tuple[str, ...]:
        return tuple(str(one) for one in alarms(self.outputs, self.wishes, now))


def line(*lamps: Lamp, look: Look = ON) -> Line:
    """Tasmota relays that all should look so."""
    found = lamps or (RED,)
    return Line({one: (Place(one, "tasmota", "tower", "%prefix%/%topic%"), look) for one in found})
