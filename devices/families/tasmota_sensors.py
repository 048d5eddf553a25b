"""What stands in a Tasmota's telemetry: sonars, switches, badges, relays, devices behind it."""

import re
from collections.abc import Sequence
from datetime import datetime

from devices.families.message import Message
from devices.families.values import (
    button_and_press,
    is_open,
    number,
    percent,
    press,
    text_of,
    uid,
    whole,
)
from devices.payloads import BadPayload, Json
from devices.readings import Capability, Event, EventKind, Observation, Quality, State

SONARS = {
    "SR04": 10, "DYP": 10, "ME007": 10, "TFMINI": 10,
    "VL53L0X": 1, "VL53L1X": 1, "HRXL": 1, "TOF10120": 1,
}  # fmt: skip
"""Distance sensors by the name of their block, and their unit in mm."""
NO_ECHO_CM = (2, 400)
READERS = ("RC522", "PN532", "RDM6300", "WIEGAND")
BLOCK = re.compile(r"(?P<name>[A-Za-z0-9]+?)(?:[-_](?P<place>\d+))?\Z")
NUMBERED = re.compile(r"(?P<name>Switch|Button|POWER)(?P<place>\d*)\Z", re.IGNORECASE)
SHUTTER = re.compile(r"Shutter(?P<place>\d{1,2})\Z", re.IGNORECASE)
ON = {"ON": True, "OFF": False, "1": True, "0": False, "TRUE": True, "FALSE": False}
MOST_BLOCKS = 100
NO_PRESSES = frozenset({"on", "off", "inc_dec", "incdec", "inv", "clear"})
"""What a switch says of a level or of itself where a button says how it was pressed."""
TUYA = {"00": "single", "01": "double", "02": "long"}
"""Codes of a press in the raw attribute 0006!FD of many Zigbee buttons."""
MOST_BEHIND = 20
BEHIND = {
    "Contact": Capability.door, "Occupancy": Capability.occupancy, "Water": Capability.leak,
}  # fmt: skip
"""What a Zigbee device behind a Tasmota tells, as 0 and 1 or as a boolean."""


def levels(
    device: str, value: dict[str, Json], message: Message, at: datetime | None
) -> list[Observation] | BadPayload:
    """Distances, switches, badges and the strength of the radio."""
    found: list[Observation] = []
    for key, block in list(value.items())[:MOST_BLOCKS]:
        name = BLOCK.match(key)
        if name and name["name"] in SONARS:
            far = _distance(device, name["name"], name["place"] or "", block, message, at)
            if isinstance(far, BadPayload):
                return far
            found += far
        elif name and name["name"].upper() in READERS:
            found += _badge(device, block, message, at)
        elif (one := NUMBERED.match(key)) and one["name"].lower() == "switch":
            found += _switch(device, one["place"] or "1", block, message, at)
        elif one := SHUTTER.match(key):
            found += _door(device, one["place"], block, message, at)
    return found + _radio(device, value.get("Wifi"), message)


def _distance(
    device: str, kind: str, place: str, block: Json, message: Message, at: datetime | None
) -> list[State] | BadPayload:
    """What a sonar gives without an echo differs by version: the ends of its range are none."""
    if not isinstance(block, dict):
        return BadPayload(f"{kind} is not an object")
    if "Distance" not in block:
        return []
    told = block["Distance"]
    far = number(told)
    if far is None and told is not None:
        return BadPayload("Distance is not a number")
    millimetres = None if far is None else round(far * SONARS[kind], 3)
    nearest, farthest = (10 * end for end in NO_ECHO_CM)
    if millimetres is None or not nearest < millimetres < farthest:
        lost = Quality.bad
        return [message.level(device, Capability.distance, None, place, at=at, quality=lost)]
    return [message.level(device, Capability.distance, millimetres, place, at=at)]


def _switch(
    device: str, place: str, block: Json, message: Message, at: datetime | None
) -> list[State]:
    word = block.get("State", block.get("Action")) if isinstance(block, dict) else block
    level = ON.get(text_of(word).strip().upper())
    return [] if level is None else [message.level(device, Capability.input, level, place, at=at)]


def _door(
    device: str, place: str, block: Json, message: Message, at: datetime | None
) -> list[State]:
    """Open by how much in percent; while it moves it is neither."""
    if not isinstance(block, dict) or "Position" not in block:
        return []
    moves = number(block.get("Direction")) not in (0, None)
    level = None if moves else is_open(block["Position"])
    return [message.level(device, Capability.door, level, place, at=at)]


def _badge(device: str, block: Json, message: Message, at: datetime | None) -> list[Event]:
    """A scan comes once; its time by the device tells a second delivery from a second scan."""
    told = block.get("UID") if isinstance(block, dict) else None
    badge = uid(str(told)) if isinstance(told, str | int) else ""
    if not badge:
        return []
    key = f"{badge}/{at.isoformat()}" if at else ""
    return message.once(device, "badge", EventKind.badge, badge, key, at=at)


def _radio(device: str, wifi: Json, message: Message) -> list[State]:
    """Signal is in dBm; what Tasmota calls RSSI is a percentage."""
    strength = number(wifi.get("Signal")) if isinstance(wifi, dict) else None
    if strength is None:
        return []
    return [message.level(device, Capability.link, strength, "rssi")]


def outputs(device: str, value: dict[str, Json], message: Message) -> list[State]:
    """The relays as they are now: POWER or POWER1 is the first."""
    found: list[State] = []
    for key, word in list(value.items())[:MOST_BLOCKS]:
        one = NUMBERED.match(key)
        level = ON.get(text_of(word).strip().upper())
        if one and one["name"].upper() == "POWER" and level is not None:
            found.append(message.level(device, Capability.output, level, one["place"] or "1"))
    return found


def presses(device: str, value: dict[str, Json], message: Message) -> list[Event]:
    """`{"Button1":{"Action":"SINGLE"}}`; a push-button wired as a switch says TOGGLE."""
    found: list[Event] = []
    for key, block in list(value.items())[:MOST_BLOCKS]:
        one = NUMBERED.match(key)
        if not one or one["name"].lower() == "power" or not isinstance(block, dict):
            continue
        word = press(text_of(block.get("Action")))
        word = "single" if word == "toggle" else word
        if word and word not in NO_PRESSES:
            found += message.press(device, one["place"] or "1", word)
    return found


def zigbee(device: str, value: Json, message: Message) -> Sequence[Observation] | BadPayload:
    """Devices behind a Tasmota with a Zigbee radio, under its name and their short address."""
    if value is None:
        return []
    if not isinstance(value, dict):
        return BadPayload("ZbReceived is not an object")
    found: list[Observation] = []
    # Without its key (SetOption119) the one device stands there by itself.
    blocks = {"": value} if "Device" in value else value
    for key, block in list(blocks.items())[:MOST_BEHIND]:
        if isinstance(block, dict):
            short = text_of(block.get("Device"), 20).removeprefix("0x") or key[:40]
            whole = device if device.endswith(f"/{short}") else f"{device}/{short}"
            found += _behind(whole, block, message)
    return found


def _behind(device: str, block: dict[str, Json], message: Message) -> list[Observation]:
    found: list[Observation] = []
    for key, capability in BEHIND.items():
        level = block.get(key)
        told = level if isinstance(level, bool) else number(level)
        if told in (0, 1):
            found.append(message.level(device, capability, bool(told)))
    if "BatteryPercentage" in block:
        left = percent(block["BatteryPercentage"])
        found.append(message.level(device, Capability.battery, left))
    volts = number(block.get("BatteryVoltage"))
    if volts is not None and 0 < volts < 20:
        found.append(message.level(device, Capability.battery_mv, round(volts * 1000)))
    quality = number(block.get("LinkQuality"))
    if quality is not None and 0 <= quality <= 255:
        found.append(message.level(device, Capability.link, quality, "lqi"))
    return found + _pushed(device, block, message)


def _pushed(device: str, block: dict[str, Json], message: Message) -> list[Event]:
    button, word = button_and_press(text_of(block.get("Click") or block.get("Action")))
    if code := TUYA.get(text_of(block.get("0006!FD"))):
        button, word = str(whole(block.get("Endpoint")) or 1), code
    return message.press(device, button, word) if word else []
