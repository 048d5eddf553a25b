"""What hangs in the shop of the fault table: sensors and buttons of several families, each at a bay
of its own, and what the broker keeps before the shop listens.
"""

from devices.bindings import Bindings, Sensor
from devices.buttons import Button
from tests.faults.hearing_shop import HearingShop

MANY = 40
Z2M = [(f"0x00124b00000000{n:02x}", f"hall/eye {n}") for n in range(MANY)]
LIST = [{"ieee_address": one, "friendly_name": name} for one, name in Z2M]
LIST += [{"ieee_address": "0x00124b0000000100", "friendly_name": "andon"}]
EUI = "24e124329e090021"


def eye(device: str, bay: str, channel: str = "occupancy", **more: object) -> Sensor:
    """A sensor that counts at once."""
    wanted = {"enter_seconds": 0, "leave_seconds": 0, **more}
    return Sensor(device, channel, bay, **wanted)  # type: ignore[arg-type]


SENSORS = (
    *(eye(f"z2m:{one}", f"bay-{n}") for n, (one, _) in enumerate(Z2M)),
    eye("native:late", "late"),
    eye("tasmota:tide", "tide", "input-1"),
    eye("native:sleeper", "sleeper"),
    eye("native:flap", "flap"),
    eye("native:sonar", "sonar", "distance", enter_seconds=5, leave_seconds=20),
    eye("native:clock", "clock"),
    eye("tasmota:broken", "broken", "input-1"),
    eye("spb:hall/edge/bay", "spark"),
    eye("native:camera", "both", priority=1),
    eye("native:below", "both"),
    eye("native:one", "equal"),
    eye("native:two", "equal"),
)
BUTTONS = (
    Button("native:kept", "button-1", bay="kept"),
    Button("z2m:0x00124b0000000100", "button-1", bay="andon"),
    Button("shelly:shellybutton1-a1", "button-0", bay="gen1"),
    Button("native:thrice", "button-1", bay="thrice"),
    Button(f"lora:{EUI}", "button-1", bay="lora"),
)
KEPT = (
    ("shop/main/dev/kept/ev/button-1", {"e": "press", "k": "single", "id": "7-1"}),
    ("zigbee2mqtt/bridge/devices", LIST),
    ("zigbee2mqtt/andon", {"action": "long"}),
    ("zigbee2mqtt/bridge/state", {"state": "online"}),
    ("shellies/shellybutton1-a1/input_event/0", {"event": "L", "event_cnt": 4}),
)
BOUND = Bindings(SENSORS, BUTTONS)


def occupied(shop: HearingShop, name: str, value: bool | None, **more: object) -> None:
    """The native eye `name` says whether a car stands there."""
    shop.say(f"shop/main/dev/{name}/st/occupancy", {"v": value, **more})
