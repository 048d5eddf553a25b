"""How devices of each family speak: one frozen class each, from deeds to messages. Pure."""

from collections.abc import Mapping

from simulator.tongues.esphome import EspHomeTongue
from simulator.tongues.heard import DeclaredTongue, FrigateTongue, TheengsTongue
from simulator.tongues.homie import HomieTongue
from simulator.tongues.lora import ChirpStackTongue, ThingsStackTongue
from simulator.tongues.native import NativeTongue
from simulator.tongues.readers import EspRfidTongue, NukiTongue
from simulator.tongues.shelly import FirstShellyTongue, SecondShellyTongue
from simulator.tongues.sparkplug import SparkplugTongue
from simulator.tongues.tasmota import TasmotaTongue
from simulator.tongues.tongue import Tongue
from simulator.tongues.zigbee2mqtt import ZigbeeTongue

EVERY: Mapping[str, Tongue] = {
    one.family: one
    for one in (
        NativeTongue("loop"),
        ZigbeeTongue("0x00158d0001a2b3c5", "bay eye"),
        TasmotaTongue("5CCF7F49A3BC", "bay-box"),
        EspHomeTongue("bay-node"),
        FirstShellyTongue("shelly1l", "E8DB84AB335F"),
        SecondShellyTongue("shellyplus1", "A8032ABC7158"),
        HomieTongue("bay-homie"),
        SparkplugTongue("hall", "edge 1"),
        DeclaredTongue("bay-declared"),
        ChirpStackTongue("24e124329e090021"),
        ThingsStackTongue("0004A30B001C0530", "parking-1"),
        FrigateTongue("gate", "bay1"),
        TheengsTongue("BC026EAABBCC"),
        EspRfidTongue("door"),
        NukiTongue("2BB28570"),
    )
}
"""One device of each family, as it comes out of the box."""
