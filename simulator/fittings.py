"""Which devices hang where in the simulated shop, and the bindings file that says so. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zlib import crc32

from simulator.lamps.lamp import Lamp
from simulator.lamps.pictures import PaperTag, WledTower
from simulator.lamps.relays import ShellyRelay, TasmotaTower, ZigbeeLamp
from simulator.tongues.esphome import EspHomeTongue
from simulator.tongues.homie import HomieTongue
from simulator.tongues.lora import ChirpStackTongue, ThingsStackTongue
from simulator.tongues.native import NativeTongue
from simulator.tongues.readers import EspRfidTongue
from simulator.tongues.shelly import FirstShellyTongue, SecondShellyTongue
from simulator.tongues.sparkplug import SparkplugTongue
from simulator.tongues.tasmota import TasmotaTongue
from simulator.tongues.tongue import Tongue
from simulator.tongues.zigbee2mqtt import ZigbeeTongue

INTERVAL_SECONDS = 600
"""How often (in the shop's time) a sensor speaks though nothing changed."""
_LONGEST_SECONDS = 172_800
NOBODY: Mapping[str, str] = {}
_OPEN = ("", "native", "zigbee2mqtt")
"""Families that are heard without a table of their own."""


@dataclass(frozen=True, slots=True)
class Eye:
    """One sensor of a bay, in the words of its family.

    One that does not repeat itself speaks only when a car comes or goes.
    """

    bay: str
    tongue: Tongue
    repeats: bool = True

    @property
    def expected_seconds(self) -> int:
        """How long it may be silent before the shop doubts it."""
        return INTERVAL_SECONDS if self.repeats else _LONGEST_SECONDS


@dataclass(frozen=True, slots=True)
class Tier:
    """One output of a lamp: at which tones it is lit, which those with colours decide."""

    channel: str
    lit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fixture:
    """A lamp, or whatever shows something, at a bay; for the whole shop where `bay` is ''."""

    bay: str
    lamp: Lamp
    tiers: tuple[Tier, ...]


BY_HAND = "bay-10"
"""The bay for people who speak for its sensor: seldom used, nobody contradicts or answers."""
HAND = NativeTongue("bay-10-loop")
GATE = "north"
CAMERA = NativeTongue("gate-camera", "plate")
BARRIER = FirstShellyTongue("shelly1l", "E8DB84AB33F0")
"""A light barrier at the gate: on while something goes through."""
_PRESS = ZigbeeTongue("0x00158d0001a2b3e7", "bay 4 button", "button-1", "SNZB-01P")
_BULB = ZigbeeTongue("0x00158d0001a2b3d1", "bay 5 lamp", "output", "LED1836G9")
EYES: tuple[Eye, ...] = (
    Eye("bay-1", SecondShellyTongue("shellyplus1", "A8032ABC7158")),
    Eye("bay-2", TasmotaTongue("5CCF7F49A3BC", "bay-2-box")),
    Eye("bay-3", NativeTongue("bay-3-sonar", "distance")),
    Eye("bay-4", EspHomeTongue("bay-4-node")),
    Eye("bay-5", ZigbeeTongue("0x00158d0001a2b3c5", "bay 5", beside=(_BULB, _PRESS))),
    Eye("bay-6", SparkplugTongue("hall", "bay 6")),
    Eye("bay-7", HomieTongue("bay-7-homie")),
    Eye("bay-9", NativeTongue("bay-9-gate", "contact")),
    Eye("wash-1", ThingsStackTongue("0004A30B001C0530", "wash-1-parking")),
    Eye(BY_HAND, HAND, repeats=False),
)
BUTTONS: Mapping[str, Tongue] = {
    "bay-1": SecondShellyTongue("shellyplusi4", "A8032ABC71D2", "button-input:0"),
    "bay-2": TasmotaTongue("5CCF7F49A3D0", "bay-2-button", "button-1"),
    "bay-3": FirstShellyTongue("shellybutton1", "E8DB84AB3301", "button-0", announced="SHBTN-2"),
    "bay-4": _PRESS,
    "bay-5": ChirpStackTongue("24e124535b000003", "button-1", "bay-5-button", "WS101"),
    "bay-6": NativeTongue("bay-6-andon", "button-1"),
    "bay-7": HomieTongue("bay-7-button", "button-bay/button"),
    "bay-8": NativeTongue("bay-8-andon", "button-1"),
    "bay-9": EspHomeTongue("bay-9-button", "button-button"),
}
"""By bay: one press for technical help, two for parts, a long one for safety."""
READER_BAY = "bay-3"
READER = EspRfidTongue("bay-3-reader")
_GRAVE = ("late", "help", "safety")
_TIERS = (Tier("output-1", ("late", "safety")), Tier("output-2", ("attention", "help")))


def badge_of(person: str) -> str:
    """The number of somebody's badge, in hex."""
    return f"04{crc32(person.encode()):08X}"


def fixtures() -> tuple[Fixture, ...]:
    """All lamps and tags of the shop, dark and empty."""
    [eye] = [one.tongue for one in EYES if one.bay == "bay-5"]
    assert isinstance(eye, ZigbeeTongue)
    bulb = ZigbeeTongue(_BULB.address, _BULB.name, _BULB.channel, _BULB.model, beside=(eye, _PRESS))
    return (
        Fixture("bay-3", TasmotaTower("A4CF12AABB03", "tower-3"), _TIERS),
        Fixture("bay-4", PaperTag("bay-4-tag"), (Tier("text-content"),)),
        Fixture("bay-5", ZigbeeLamp(bulb), (Tier("output", _GRAVE),)),
        Fixture("bay-7", ShellyRelay("shellyplus1", "A8032ABC7199"), (Tier("output-0", _GRAVE),)),
        Fixture("", WledTower("wled/hall"), (Tier("segment-0"),)),
    )


def bindings(holders: Mapping[str, str] = NOBODY) -> str:
    """The bindings file of these devices: which families are heard, which hangs where, and whose
    badges have which marks.
    """
    eyes, lamps = EYES, fixtures()
    opened = {(eye.tongue.family, eye.tongue.base) for eye in eyes}
    others: tuple[Tongue, ...] = (BARRIER, READER, *BUTTONS.values())
    opened |= {(one.family, one.base) for one in others}
    opened |= {(one.lamp.family, one.lamp.base) for one in lamps}
    tables = [
        *(
            _table("family", name=name, base=base)
            for name, base in sorted(opened)
            if name not in _OPEN
        ),
        *(_sensor(eye) for eye in eyes),
        *(
            _table("button", device=one.device, channel=one.channel, bay=bay)
            for bay, one in BUTTONS.items()
        ),
        _table(
            "gate",
            name=GATE,
            camera=CAMERA.device,
            device=BARRIER.device,
            channel=BARRIER.channel,
        ),
        *(table for one in lamps for table in _lamps(one)),
        _table("badge", device=READER.device, bay=READER_BAY),
        *(_table("holder", mark=mark, person=one) for mark, one in holders.items()),
    ]
    return "\n\n".join(tables) + "\n"


def _sensor(eye: Eye) -> str:
    return _table(
        "sensor",
        device=eye.tongue.device,
        channel=eye.tongue.channel,
        bay=eye.bay,
        expected_interval_seconds=eye.expected_seconds,
    )


def _lamps(one: Fixture) -> Iterator[str]:
    for tier in one.tiers:
        yield _table(
            "lamp", device=one.lamp.device, channel=tier.channel, bay=one.bay, lit=tier.lit
        )


def _table(kind: str, **values: str | int | tuple[str, ...]) -> str:
    """One table, without what is empty."""
    lines = (f"{key} = {_toml(value)}" for key, value in values.items() if value not in ("", ()))
    return "\n".join((f"[[{kind}]]", *lines))


def _toml(value: str | int | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{one}"' for one in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
