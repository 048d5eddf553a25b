"""The gallery's devices: one for each way in which a device can stand, and lists without any."""

from collections.abc import Mapping
from datetime import timedelta

from msgspec.structs import replace

from board.core.roles import PEOPLE_ROLES, Actor
from board.core.slips import FileSlip, slip
from displays.device_facts import (
    Alarm,
    Answer,
    Battery,
    BaySaid,
    Day,
    Device,
    Finding,
    Hook,
    Last,
    Link,
    Listed,
    Message,
    Suspect,
    Voice,
)
from displays.devices_page import Stamp, names_of, places_of
from displays.dialog_asks import Ask
from displays.gallery_shop import NOW
from displays.gallery_story import STORY
from displays.rehearsal_facts import Said

_ASK = Ask(STORY, Actor("person", "zhou", "周强", frozenset(PEOPLE_ROLES), "gallery"), NOW, {})
_BAYS = tuple(STORY.bays)
_FINE = Link("mqtt://192.168.1.5:1883", "", (), ("zigbee2mqtt", "tasmota"), ())
_WRONG = Link(
    "",
    "",
    ("tele/#", "zigbee2mqtt/#"),
    ("zigbee2mqtt",),
    (FileSlip("sensors.toml", 12, slip("no_bay", bay="B99")),),
)
_LOST = Link("mqtts://broker:8883", "the broker does not answer: timed out", (), (), ())


_CAUSES = {
    "offline": "device offline",
    "bad": "changes too often",
    "conflict": "sensors disagree",
    "stale": "no reading for too long",
    "unknown": "no reading yet",
    "good": "sensor",
}
"""Why a device stands as it does, by how."""


def _sensor(standing: str, bay: str) -> Device:
    level = True if standing in ("good", "conflict") else None
    cause = "sensor" if standing == "conflict" else _CAUSES[standing]
    since = NOW - timedelta(minutes=12) if level else None
    hook = Hook("sensor", "occupancy", bay, level=level, since=since, cause=cause)
    return Device(
        f"z2m:0x00124b0022aa{len(standing):04x}",
        f"{bay} eye",
        "SNZB-06P",
        "sonoff-snzb-06p",
        "Sonoff SNZB-06P presence sensor",
        standing=standing,
        hooks=(hook,),
        heard=None if standing == "unknown" else NOW - timedelta(seconds=8),
        battery=Battery(14, 2510, True) if standing == "good" else Battery(88),
    )


def _bay(standing: str, bay: str) -> BaySaid:
    since = NOW - timedelta(minutes=12)
    eye = Voice(f"z2m:{bay}", f"{bay} eye", "occupancy", standing == "good" or None)
    return BaySaid(bay, standing == "good" or None, since, (eye,), _CAUSES[standing])


_BUTTON = Device(
    "native:andon-3", standing="good", hooks=(Hook("button", "button-1", _BAYS[0]),), heard=NOW
)
_GATE = Device(
    "native:barrier",
    "gate contact",
    standing="good",
    hooks=(Hook("gate", "contact", gate="北门"),),
    heard=NOW,
)
_TOWER = Device(
    "tasmota:tower",
    "tower",
    standing="unproved",
    hooks=(Hook("lamp", "output-1", _BAYS[0]), Hook("lamp", "output-2")),
    heard=NOW,
)
_ALARMS = (
    Alarm("unproved", _TOWER.id, "output-1", "lamp", _BAYS[0]),
    Alarm("fought_over", _TOWER.id, "output-2", "lamp"),
    Alarm("unheard", "tasmota:horn", "output-1", "buzzer", _BAYS[1]),
    Alarm("mute", "hermes:hall", "speech", "voice"),
)
_NEW = Device(
    "tasmota:A4CF12AABB09",
    "lane-2",
    "NodeMCU",
    "tasmota-sonar",
    "Tasmota with a sonar",
    35,
    ("distance", "link-rssi"),
    ("light barrier: a template that is not one of three forms",),
    can_bind=True,
    heard=NOW - timedelta(seconds=2),
    last=(Last("distance", 540.0, NOW), Last("link-rssi", -61.0, NOW), Last("input", None, NOW)),
)
_STRANGER = Device("ble:3C:2E:F5:AA:BB:CC", battery=Battery(None, None, None))
_SUSPECT = Suspect("", "tele/lane-2/SENSOR", "not JSON, or cut off", '{"Time":"20�0', 412, NOW)


def _listed(is_empty: bool) -> Listed:
    if is_empty:
        return Listed((), (), (), 0, 0, (), ())
    stands = tuple(zip(_CAUSES, _BAYS, strict=False))
    return Listed(
        tuple(_bay(*one) for one in stands),
        (*(_sensor(*one) for one in stands), _BUTTON, _GATE, _TOWER),
        (_NEW, _STRANGER),
        120,
        7,
        (_SUSPECT,),
        (
            Alarm("badge_unknown", "native:reader", bay=_BAYS[2], at=NOW, mark="5b1f0c9de2a47731"),
            *_ALARMS,
        ),
    )


_SAID = (
    Said("level", "occupancy", True),
    Said("bad", "distance", None),
    Said("press", "button-1", "double"),
    Said("plate", "plate", "…345"),
    Said("badge", "badge", "…"),
    Said("alive", "", "offline"),
    Said("device", "", "SNZB-06P"),
    Said("finding", "interval", "300"),
    Said("malformed", "", "not JSON, or cut off"),
)


def _messages() -> tuple[Message, ...]:
    text = '{"occupancy":true,"linkquality":128,"plate":"…"}'
    many = (
        Message(NOW, f"zigbee2mqtt/eye/{at}", text, 60, at == 1, at > 0, (said,), False)
        for at, said in enumerate(_SAID)
    )
    return (*many, Message(NOW, "zigbee2mqtt/eye", text, 4100, False, True, (), True))


def _whole(device: Device, standing: str = "") -> Device:
    """With what only its own page shows."""
    days = tuple(Day(NOW.date() - timedelta(days=9 - at), 100 - 9 * at) for at in range(10))
    kinds = ("interval", "clock", "encrypted", "gap", "alert", "unmapped", "battery")
    return replace(
        device,
        is_bound=bool(device.hooks),
        bays=(_bay(standing, device.hooks[0].bay),) if standing else (),
        counts={"messages": 4211, "malformed": 3, "duplicates": 12, "gaps": 4, "flaps": 1},
        counted_since=NOW - timedelta(days=12),
        alive="online",
        alive_since=NOW - timedelta(hours=4),
        skew_seconds=-41.7 if standing else None,
        battery_days=days if standing else (),
        findings=tuple(Finding(one, "x 1", NOW) for one in kinds) if standing else (),
        messages=_messages() if standing else (),
    )


_LISTS: Mapping[str, Answer] = {
    "devices": Answer(link=_FINE, list=_listed(is_empty=False)),
    "devices-none": Answer(link=_WRONG, list=_listed(is_empty=True)),
    "devices-lost": Answer(link=_LOST, list=_listed(is_empty=True)),
    "devices-silent": Answer("silent"),
    "devices-off": Answer("off"),
}
_PAGES: Mapping[str, Answer] = {
    "device": Answer(link=_FINE, device=_whole(_sensor("good", _BAYS[0]), "good")),
    "device-doubted": Answer(link=_WRONG, device=_whole(_sensor("conflict", _BAYS[0]), "conflict")),
    "device-new": Answer(link=_FINE, device=_whole(_NEW)),
    "device-button": Answer(link=_FINE, device=_whole(_BUTTON)),
    "device-lamp": Answer(link=_FINE, device=replace(_whole(_TOWER), told=_ALARMS[:2])),
}


def device_samples() -> Mapping[str, tuple[str, Mapping[str, object]]]:
    """By the name of a page of the gallery: its template, and what that is given."""
    every: dict[str, object] = {"stamp": Stamp(_ASK), "names": names_of(STORY)}
    lists = {
        name: ("devices", {**every, "answer": answer, "places": places_of(STORY, answer)})
        for name, answer in _LISTS.items()
    }
    pages = {name: ("device", {**every, "answer": answer}) for name, answer in _PAGES.items()}
    return {**lists, **pages, "device-gone": ("device_gone", every)}
