"""Devices of each family, with bindings and messages, on which is tried what is never guessed."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Maker:
    """One device: its family, its binding, its messages, and its values for a car and for none."""

    family: str
    base: str
    device: str
    channel: str
    profile: str
    topic: str
    shape: str
    car: Any
    free: Any
    says: tuple[tuple[str, bytes], ...]
    battery: tuple[str, str] = ("", "")

    def message(self, value: Any, shape: str = "") -> bytes:
        """The value as this device writes it; a text goes bare where the payload is plain."""
        form = shape or self.shape
        plain = value if isinstance(value, str) else json.dumps(value)
        return form.replace("$", plain if form == "$" else json.dumps(value)).encode()


ZIGBEE = Maker(
    "zigbee2mqtt", "", "z2m:0x00124b0022aa33ff", "occupancy", "sonoff-snzb-06p",
    "zigbee2mqtt/eye", '{"occupancy":$,"linkquality":80}', True, False,
    (
        ("zigbee2mqtt/bridge/devices", json.dumps([
            {"ieee_address": "0x00124b0022aa33ff", "friendly_name": "eye",
             "definition": {"model": "SNZB-06P"}}]).encode()),
        ("zigbee2mqtt/bridge/state", b'{"state":"offline"}'),
        ("zigbee2mqtt/bridge/state", b'{"state":"online"}'),
        ("zigbee2mqtt/eye/availability", b'{"state":"online"}'),
        ("zigbee2mqtt/eye", b'{"no_occupancy_since":60}'),
    ),
    ("zigbee2mqtt/eye", '{"battery":$}'),
)  # fmt: skip
NODE = Maker(
    "esphome", "node", "esphome:node", "distance-bay_1", "esphome-sonar",
    "node/sensor/bay_1_distance/state", "$", "0.54", "2.9",
    (("node/status", b"online"), ("node/status", b"offline")),
    ("node/sensor/battery_level/state", "$"),
)  # fmt: skip
SONAR = Maker(
    "tasmota", "", "tasmota:pit", "distance", "tasmota-sonar", "tele/pit/SENSOR",
    '{"Time":"2026-03-02T12:00:00","SR04":{"Distance":$}}', 54, 290,
    (("tele/pit/LWT", b"Online"), ("tele/pit/LWT", b"Offline"), ("tele/pit/STATE", b"{}")),
    ("tele/pit/SENSOR", '{"ZbReceived":{"x":{"Device":"0x1","BatteryPercentage":$}}}'),
)  # fmt: skip
FLOOR = Maker(
    "chirpstack-v4", "", "lora:24e124329e090021", "occupancy", "bosch-tps110",
    "application/a/device/24e124329e090021/event/up",
    '{"deviceInfo":{"devEui":"24e124329e090021","deviceProfileName":"TPS110"},"object":{"occupied":$}}',
    True, False, (("application/a/device/24e124329e090021/event/join",
        b'{"deviceInfo":{"devEui":"24e124329e090021","deviceProfileName":"TPS110"}}'),),
    ("application/a/device/24e124329e090021/event/status",
        '{"deviceInfo":{"devEui":"24e124329e090021"},"batteryLevel":$}'),
)  # fmt: skip
NATIVE = Maker(
    "native", "main", "native:eye", "occupancy", "native-occupancy",
    "shop/main/dev/eye/st/occupancy", '{"v":$,"t":1772452795.5}', True, False,
    (("shop/main/dev/eye/$status", b'{"s":"online"}'),
     ("shop/main/dev/eye/$status", b'{"s":"offline"}')),
    ("shop/main/dev/eye/st/battery", '{"v":$}'),
)  # fmt: skip
BARRIER = Maker(
    "shelly-gen2", "barrier", "shelly:barrier", "input-0", "turned", "barrier/status/input:0",
    '{"id":0,"state":$}', False, True, (("barrier/online", b"true"), ("barrier/online", b"false")),
    ("barrier/status/devicepower:0", '{"battery":{"percent":$},"external":{"present":false}}'),
)  # fmt: skip
DECLARED = Maker(
    "ha-discovery", "", "ha:eye", "occupancy-car", "", "hall/eye", '{"car":$}', True, False,
    (("homeassistant/binary_sensor/eye/car/config", json.dumps(
        {"stat_t": "hall/eye", "val_tpl": "{{ value_json.car }}", "dev_cla": "occupancy",
         "pl_on": True, "pl_off": False, "dev": {"ids": ["eye"]}, "avty_t": "hall/eye/there"}
     ).encode()),
     ("homeassistant/sensor/eye/left/config", json.dumps(
        {"stat_t": "hall/left", "dev_cla": "battery", "dev": {"ids": ["eye"]}}).encode()),
     ("hall/eye/there", b"online"), ("hall/eye/there", b"offline")),
    ("hall/left", "$"),
)  # fmt: skip
HOMIE = Maker(
    "homie", "", "homie:eye", "distance-sonar", "homie-sonar", "homie/5/eye/sonar/distance", "$",
    "540", "2900",
    (("homie/5/eye/$description", json.dumps({"nodes": {"sonar": {"properties": {
        "distance": {"datatype": "integer", "unit": "mm", "format": "20:4000"}}}}}).encode()),
     ("homie/5/eye/$state", b"ready"), ("homie/5/eye/$state", b"lost")),
    ("homie/eye/$stats/battery", "$"),
)  # fmt: skip
CAMERA = Maker(
    "frigate", "", "frigate:zone/bay1", "occupancy-bay1", "frigate-zone", "frigate/bay1/car", "$",
    "1", "0", (("frigate/available", b"online"), ("frigate/available", b"offline")),
    ("frigate/left", "$"),
)  # fmt: skip
BLUETOOTH = Maker(
    "theengs", "", "ble:A4C138000001", "occupancy", "", "home/g/BTtoMQTT/A4C138000001",
    '{"model_id":"X","presence":$,"rssi":-60}', True, False,
    (("home/g/LWT", b"online"), ("home/g/LWT", b"offline")),
    ("home/g/BTtoMQTT/A4C138000001", '{"model_id":"X","batt":$}'),
)  # fmt: skip
MAKERS = [
    ZIGBEE, NODE, SONAR, FLOOR, NATIVE, BARRIER, DECLARED, HOMIE, CAMERA, BLUETOOTH,
]  # fmt: skip
WITHOUT_BATTERY = (CAMERA,)
