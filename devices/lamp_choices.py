"""Which outputs a device has that may be driven, by what it said and by its family. Pure."""

from collections.abc import Iterable, Mapping

from devices.ids import CHANNEL, STABLE_ID
from devices.lamps import OUR_IDS, OUTPUTS, is_output
from devices.placed import stands_for

UNSAID: Mapping[str, tuple[str, ...]] = {
    "wled": tuple(f"segment-{at}" for at in range(4)),
    "hermes": ("speech",),
    "native": ("lamp", "buzzer", "display", "speech"),
}
"""Channels of which devices of these kinds never tell."""
FIRST: Mapping[str, tuple[str, ...]] = {
    "tasmota": tuple(f"output-{at}" for at in (1, 2, 3, 4)),
    "shelly": tuple(f"output-{at}" for at in (0, 1, 2, 3)),
    "z2m": ("output",),
}
"""Those of a device that has told of none yet."""


def is_drivable(device: str) -> bool:
    """Whether a device with this id could have outputs, heard or not."""
    known = OUR_IDS.match(device) or STABLE_ID.match(device)
    return known is not None and device.partition(":")[0] in OUTPUTS


def outputs_of(device: str, said: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """What each output of a device may be, by channel; the usual one first. A light of colours goes
    before the switch that it is as well: one mistaken for a relay shows no tone.
    """
    heard = list(said)
    head = device.partition(":")[0]
    able = (one for one in heard if CHANNEL.match(one) and is_output(device, one))
    told = sorted(able, key=lambda one: not stands_for(one, ("light",)))
    unsaid = UNSAID.get(head, ()) if heard else (*UNSAID.get(head, ()), *FIRST.get(head, ()))
    kinds = OUTPUTS.get(head, {})
    return {one: kinds[one.partition("-")[0]] for one in dict.fromkeys((*told, *unsaid))}
