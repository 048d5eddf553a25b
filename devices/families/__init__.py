"""The families of devices, by name, and how one is added.

A family is one module here with one frozen class whose first field, mostly the only one, is its
base topic (a text with the family's usual one as default). It is pure: no clock, no I/O, no log.
It has

- `filters`: what to subscribe, as narrow as the family allows. Two open families must not
  overlap: a greedy family (`+/status`) asks for its base, so that a shop opens it per device.
- `claim(topic)`: 1.0 for what can only be its own, about 0.5 for a shape that others may share,
  0.0 for the rest. A string comparison, no parsing: every message asks every family.
- `parse(topic, payload, retained, received_at)`: the meaning of one message as values of
  `readings`. It answers every input and never raises: what cannot be read is `Malformed` with
  a reason and, where known, the device. `message.Message` makes the values (`level`, `press`,
  `once`, `alive`, `finding`) and knows the rules that hold for all: no event from a replay,
  a lost value is unknown, texts are bounded. `values` reads numbers, percents, moments, press
  words, plates and badges as devices write them. JSON is read by `payloads`, never by json.

Rules of meaning:

- A channel is `<capability>` or `<capability>-<place>` (`distance-left`, `link-rssi`,
  `button-2`). Units inside: mm, percent, mV. A missing key means nothing; null, NaN, 255 and
  the like are None with a quality, never False and never 0.
- `device` is `<kind>:<id>`. Messages that carry no stable id leave under their address; a
  `Discovery` with that `alias` tells the id, and `identity` puts it in from then on. A family
  whose addresses change hands its kind to `identity.NAMED`. A gateway is
  `<kind>-bridge:<id>`; what comes through it names it in `bridge`.
- An event's `key` is equal for every copy of the same happening: use the device's own number
  (`event_cnt:79`). A family without numbers that says one press on two topics gives a
  `source`. `once` drops the copies; of the reads of one `track` only a surer one passes.
- A reading that several gateways repeat gets `dedupe`.
- A model that no `Discovery` tells leaves with the message as `Finding.model`: profiles are found
  by it. The word before the colon of an id stands in `profiles.profile.KINDS`.

What one message alone does not tell (aliases, sequence numbers, a description that came
before) leaves `parse` as `Partial` with a body of the family's own, which must be frozen. The
class then has `complete(memory, partial)`, which gives the next memory (frozen and
bounded, None at the start) and the observations, and `declared(memory)`. `recall` calls them.

Then: one line in FAMILIES below, its published messages in `tests/devices/device_samples.jsonl`
with the meaning each must have, a file of generated-message tests, its topics in
`tests/devices/test_parse_is_total.py`, and a row in `docs/mqtt.md`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from devices.adapters import Adapter
from devices.families.chirpstack import ChirpStack
from devices.families.esp_rfid import EspRfid
from devices.families.esphome import EspHome
from devices.families.frigate import Frigate
from devices.families.homeassistant import HomeAssistant
from devices.families.homie import Homie
from devices.families.native import Native
from devices.families.nuki import Nuki
from devices.families.shelly1 import ShellyGen1
from devices.families.shelly2 import ShellyGen2
from devices.families.sparkplug import SparkplugB
from devices.families.tasmota import Tasmota
from devices.families.theengs import Theengs
from devices.families.things_stack import ThingsStack
from devices.families.zigbee2mqtt import Zigbee2Mqtt

NOTHING: Mapping[str, object] = MappingProxyType({})
FAMILIES: Mapping[str, Callable[..., Adapter]] = {
    "native": Native,
    "esphome": EspHome,
    "ha-discovery": HomeAssistant,
    "homie": Homie,
    "shelly-gen1": ShellyGen1,
    "shelly-gen2": ShellyGen2,
    "sparkplug-b": SparkplugB,
    "chirpstack-v4": ChirpStack,
    "tts-v3": ThingsStack,
    "nuki": Nuki,
    "esp-rfid": EspRfid,
    "theengs": Theengs,
    "frigate": Frigate,
    "tasmota": Tasmota,
    "zigbee2mqtt": Zigbee2Mqtt,
}


def opened(name: str, base: str = "", more: Mapping[str, object] = NOTHING) -> Adapter:
    """The family of that name under a base topic, without one under its usual one; `more`: what
    else it has to know.
    """
    return FAMILIES[name](base, **more) if base else FAMILIES[name](**more)
