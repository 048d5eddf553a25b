"""What takes a colour or a text: a tower of addressable lights (WLED), an e-ink tag. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator.lamps.lamp import json_of
from simulator.tongues.esphome import EspHomeTongue
from simulator.tongues.tongue import Said, word


@dataclass(slots=True)
class WledTower:
    """A tower of addressable lights; it speaks only of what changes."""

    topic: str
    family: str = ""
    base: str = ""
    brightness: int = 128
    shows: dict[str, str] = field(default_factory=dict)

    @property
    def device(self) -> str:
        """Its topic."""
        return f"wled:{self.topic}"

    @property
    def hears(self) -> str:
        """Its interface in JSON."""
        return f"{self.topic}/api"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """Its will, or that it is there."""
        alive = "online" if is_there else "offline"
        return [word(f"{self.topic}/status", alive, retain=True)]

    def obeys(self, topic: str, payload: bytes) -> Sequence[Said]:
        """Brightness, colour and the whole state, in this order."""
        wanted = json_of(payload)
        before = (self.brightness, dict(self.shows))
        self.brightness = int(str(wanted.get("bri", self.brightness)))
        segments = wanted.get("seg")
        for segment in segments if isinstance(segments, list) else []:
            self._colour(segment)
        return [] if before == (self.brightness, self.shows) else self._state()

    def _colour(self, segment: dict[str, object]) -> None:
        colours, effect = segment.get("col"), segment.get("fx", 0)
        rgb = colours[0] if isinstance(colours, list) and colours else (0, 0, 0)
        channel, colour = f"segment-{segment.get('id', 0)}", _hex(rgb)
        if any(rgb):
            self.shows[channel] = f"{colour} blinking" if effect == 1 else colour
        else:
            self.shows.pop(channel, None)

    def _state(self) -> Sequence[Said]:
        first = next(iter(self.shows.values()), "#000000").partition(" ")[0]
        whole = f'<?xml version="1.0" ?><vs><ac>{self.brightness}</ac></vs>'
        return [
            word(f"{self.topic}/g", str(self.brightness)),
            word(f"{self.topic}/c", first),
            word(f"{self.topic}/v", whole),
        ]


@dataclass(slots=True)
class PaperTag:
    """An e-ink tag behind a text of ESPHome."""

    name: str
    family: str = "esphome"
    shows: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """Its topic prefix."""
        return self.name

    @property
    def device(self) -> str:
        """Its name."""
        return f"esphome:{self.name}"

    @property
    def hears(self) -> str:
        """All texts of it."""
        return f"{self.name}/text/+/command"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """As any node."""
        return EspHomeTongue(self.name).lives(is_there)

    def obeys(self, topic: str, payload: bytes) -> Sequence[Said]:
        """The text that it shows now."""
        head = topic.removesuffix("/command")
        text = payload.decode("utf-8", "replace")
        self.shows[f"text-{head.rpartition('/')[2]}"] = text
        return [word(f"{head}/state", text, retain=True)]


def _hex(rgb: Sequence[int]) -> str:
    return "#" + "".join(f"{one:02X}" for one in rgb)
