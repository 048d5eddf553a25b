"""How lamps and tags of each family do what they are told: one class each. Pure."""

from collections.abc import Callable, Mapping

from simulator.lamps.lamp import Lamp
from simulator.lamps.pictures import PaperTag, WledTower
from simulator.lamps.relays import ShellyRelay, TasmotaTower, ZigbeeLamp
from simulator.tongues.zigbee2mqtt import ZigbeeTongue

EVERY: Mapping[str, Callable[[], Lamp]] = {
    "tasmota": lambda: TasmotaTower("A4CF12AABB03", "tower"),
    "shelly-gen2": lambda: ShellyRelay("shellyplus1", "A8032ABC7199"),
    "zigbee2mqtt": lambda: ZigbeeLamp(ZigbeeTongue("0x00158d0001a2b3d1", "lamp", model="E1603")),
    "wled": lambda: WledTower("wled/tower"),
    "esphome": lambda: PaperTag("tag"),
}
"""One of each, as it comes out of the box."""
