"""What stands in the packets that Theengs decodes: doors, motion, buttons, batteries. Pure."""

from devices.families.decoded import Meant as Meaning
from devices.families.decoded import level_of, truth
from devices.families.message import Message
from devices.families.values import number, percent, press, text_of
from devices.payloads import BadPayload, Json
from devices.readings import Capability, Event, State

TRUTHS = {
    "open": Capability.door,
    "opening": Capability.door,
    "window": Capability.door,
    "garage_door": Capability.door,
    "door": Capability.door,
    "presence": Capability.occupancy,
    "occupancy": Capability.occupancy,
    "motion": Capability.motion,
    "move": Capability.motion,
    "leak": Capability.leak,
    "water_leak": Capability.leak,
    "vibration": Capability.vibration,
    "low_batt": Capability.battery_low,
}
BUTTONS = {
    "button": "1", "press": "1", "button1": "1", "button_1": "1", "button2": "2", "button_2": "2",
    "button3": "3", "button_3": "3", "button4": "4", "button_4": "4",
}  # fmt: skip
CODES = {1: "single", 2: "double", 3: "triple", 4: "long", 9: "long", 11: "long", 254: "long"}
"""What a number means as a press; 0 is a beacon between presses."""
HELD = {"hold_press": "long", "long_double_press": "long", "long_triple_press": "long"}
"""BTHome's words for it besides the usual ones."""
MOST_BUTTONS = 8
METRES = Meaning(Capability.distance, unit="m")
VOLTS = Meaning(Capability.battery_mv)


def levels(
    device: str, value: dict[str, Json], message: Message, packet: str, is_tag: bool
) -> list[State] | BadPayload:
    """Every level of a packet; a tag is in sight when it is heard at all."""
    found: list[State] = []
    for key, capability in TRUTHS.items():
        if key in value:
            level = truth(capability, value[key])
            if level is None and value[key] is not None:
                return BadPayload(f"{key} is not a boolean")
            found.append(message.level(device, capability, level, dedupe=packet))
    if is_tag:
        found.append(message.level(device, Capability.tag_presence, True, dedupe=packet))
    if "distance" in value:
        far = level_of(METRES, value["distance"])
        found.append(message.level(device, Capability.distance, far, dedupe=packet))
    return found + _battery(device, value, message, packet)


def _battery(device: str, value: dict[str, Json], message: Message, packet: str) -> list[State]:
    found: list[State] = []
    if "batt" in value:
        left = percent(value["batt"])
        found.append(message.level(device, Capability.battery, left, dedupe=packet))
    if "volt" in value:
        volts = level_of(VOLTS, number(value["volt"]))
        found.append(message.level(device, Capability.battery_mv, volts, dedupe=packet))
    return found


def presses(device: str, value: dict[str, Json], message: Message, key: str) -> list[Event]:
    """The presses of a packet, told as numbers or as words."""
    found: list[Event] = []
    for name, button in BUTTONS.items():
        told = value.get(name)
        # One packet of a device with several buttons may tell each of them in a row.
        each = told[:MOST_BUTTONS] if isinstance(told, list) else [told]
        for place, one in enumerate(each, start=int(button)):
            word = _word(one)
            if word and word not in ("none", "idle"):
                found += message.press(device, str(place), word, key)
    return found


def _word(told: Json) -> str:
    """How a button was pressed, told as a number or as a word."""
    code = number(told)
    if code is not None:
        return CODES.get(int(code), "")
    return HELD.get(text_of(told).strip().lower()) or press(text_of(told))
