"""Where an output hears its commands now, and the command that makes it look as it should. Pure.

A lamp is bound by its device's id; under which name that speaks may change, and be unknown yet.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from devices.deliveries import Delivery
from devices.identity import Names
from devices.lamp_looks import Look
from devices.lamps import BUZZER, LAMP, LIGHT, Lamp
from devices.openings import Opening
from devices.readings import Alive, Availability
from devices.shades import Colour
from devices.signals import OUR_NAME, Signal, lit, said, shone, switched, told, written
from devices.topics import is_told

USUAL_TOPIC = "%prefix%/%topic%"
SPARKPLUG = "spBv1.0"
SPARE_SECONDS = 2
"""So much longer than wanted a buzzer sounds when nobody is left to stop it."""
LATER = re.compile(r"shelly(?:plus|pro|.*g[3-9]-|blu|walldisplay)")
"""Names of Shelly devices from the second generation on."""


@dataclass(frozen=True, slots=True)
class Place:
    """One output that can be reached: of which family, under which address."""

    lamp: Lamp
    family: str
    address: str
    pattern: str = ""

    @property
    def own_topics(self) -> tuple[str, ...]:
        """Where a device of no family that is heard says that it is there; none for others."""
        return (f"{self.address}/status", f"{self.address}/v") if self.family == "wled" else ()


@dataclass(frozen=True, slots=True)
class Ways:
    """What is needed to find a device: its names, the families that are open, and the site."""

    names: Names
    openings: tuple[Opening, ...]
    site: str

    def aliases(self) -> Mapping[str, tuple[str, str]]:
        """Bridge and name by stable id."""
        return {device: place for place, device in self.names.ids.items()}


def places(lamps: Iterable[Lamp], ways: Ways) -> Mapping[Lamp, Place]:
    """Those of the lamps that can be reached."""
    aliases = ways.aliases()
    found = ((lamp, _place(lamp, ways, aliases.get(lamp.device))) for lamp in lamps)
    return {lamp: place for lamp, place in found if place is not None and _is_one(place.address)}


def _is_one(address: str) -> bool:
    """Whether it is one device's, and no filter for many."""
    return is_told(address) and not any(sign in address for sign in "+#")


def there(topics: Mapping[str, str], item: Delivery) -> tuple[Availability, ...]:
    """What a device says by a message on a topic of its own: its last will, or anything else."""
    device = topics.get(item.topic)
    if device is None or not item.payload:
        return ()
    alive = Alive.offline if item.payload.strip() == b"offline" else Alive.online
    return (Availability(device, alive, item.received_at, item.retained),)


def heard_by(openings: Iterable[Opening]) -> tuple[str, ...]:
    """Filters of the topics on which devices of these families hear commands. They say nothing
    there, or one could command another.
    """
    found: list[str] = []
    for one in openings:
        if one.name == "tasmota":
            pattern = (one.base or USUAL_TOPIC).strip("/").replace("%prefix%", "cmnd")
            found.append(f"{pattern.replace('%topic%', '+')}/#")
        elif one.name == "esphome":
            found.append(f"{one.base}/+/+/command")
        elif one.name == "shelly-gen2":
            found.append(f"{one.base}/rpc")
        elif one.name == "sparkplug-b":
            # No lamp: a node is asked for its births, without which it says nothing, and looks
            # whether its host is there.
            found += [f"{one.base or SPARKPLUG}/+/NCMD/+", f"{one.base or SPARKPLUG}/STATE/+"]
    return tuple(dict.fromkeys(found))


def answered_by(openings: Iterable[Opening]) -> tuple[str, ...]:
    """Filters of the topics on which outputs hear and speak, besides those of their families."""
    has_rpc = any(one.name == "shelly-gen2" for one in openings)
    return ("wled/#", "hermes/#", *([f"{OUR_NAME}/rpc"] if has_rpc else []))


def _place(lamp: Lamp, ways: Ways, alias: tuple[str, str] | None) -> Place | None:
    bridge, named = alias or ("", lamp.device)
    kind, _, name = named.partition(":")
    if kind == "z2m":
        base = bridge.partition(":")[2]
        return Place(lamp, "zigbee2mqtt", f"{base}/{name}") if base else None
    if kind == "tasmota":
        return Place(lamp, kind, name, _pattern(ways.openings))
    if kind == "shelly":
        return Place(lamp, lamp.family or _generation(name, ways.openings), name)
    return Place(lamp, kind, ways.site if kind == "native" else name)


def _pattern(openings: Iterable[Opening]) -> str:
    bases = [one.base for one in openings if one.name == "tasmota" and one.base]
    return bases[0] if bases else USUAL_TOPIC


def _generation(name: str, openings: Iterable[Opening]) -> str:
    """A prefix that a shop chose itself belongs to the later ones: the first have none."""
    bases = [one.base for one in openings if one.name == "shelly-gen2"]
    return "shelly-gen2" if name in bases or "/" in name or LATER.match(name) else "shelly-gen1"


def command(place: Place, look: Look, number: int, attempt: int) -> Signal:
    """What is sent. `number` names the command, `attempt` counts how often it was sent.

    ValueError: the address would reach more than one device, or none.
    """
    lamp = place.lamp
    match place.family:
        case "native":
            return _told(place, look, number)
        case "wled":
            return lit(
                place.address, int(lamp.place), look.colour, blinks=look.blinks, attempt=attempt
            )
        case "esphome" | "zigbee2mqtt" if lamp.word == LIGHT:
            return shone(place.family, place.address, lamp.place, look.colour)
        case "esphome" if lamp.word == "text":
            return written(place.address, lamp.place, look.text)
        case "tasmota":
            return _retopiced(place, look, number)
    itself = look.seconds + SPARE_SECONDS if look.seconds else 0
    return switched(place.family, place.address, lamp.place, look.on, number=number, seconds=itself)


def _retopiced(place: Place, look: Look, number: int) -> Signal:
    """A Tasmota whose topics are built in another way."""
    usual = switched(place.family, place.address, place.lamp.place, look.on, number=number)
    what = f"/POWER{place.lamp.place}"
    heads = (
        place.pattern.strip("/").replace("%prefix%", prefix).replace("%topic%", place.address)
        for prefix in ("cmnd", "stat")
    )
    topic, proof = (head + what for head in heads)
    return Signal(topic, usual.payload, proof, usual.proof)


def _told(place: Place, look: Look, number: int) -> Signal:
    lamp = place.lamp
    value: dict[str, object] = {"on": look.on}
    if lamp.kind == LAMP:
        value |= {"colour": str(look.colour or Colour.white), "blinks": look.blinks}
    elif lamp.kind == BUZZER:
        value |= {"seconds": look.seconds}
    else:
        value = {"text": look.text}
    return told(place.address, lamp.device.partition(":")[2], lamp.channel, value, f"c{number}")


def spoken(place: Place, text: str, language: str, number: int) -> Signal:
    """A sentence for an announcer."""
    if place.family == "native":
        device, value = place.lamp.device.partition(":")[2], {"text": text, "lang": language}
        return told(place.address, device, place.lamp.channel, value, f"c{number}")
    return said(text, place.address, language)
