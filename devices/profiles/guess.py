"""Which profile a device may have, by what it tells of itself, and how sure that is. Pure."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from devices.profiles.profile import Profile

SURE = 0.6
"""From here on a guess rests on the device's own word for its model, not on its channels only."""
BY_MODEL, BY_NAME, BY_CHANNELS, BY_CHANNELS_SEEN = 0.85, 0.65, 0.35, 0.15
EXPOSED = {
    "action": "button",
    "target_distance": "distance",
    "water_leak": "leak",
    "presence": "occupancy",
}
"""What Zigbee2MQTT calls a property in its list of devices, or a channel, and profiles do not."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a device has told of itself. `kind` is that of its id, `names` are technical ones."""

    kind: str
    model: str = ""
    names: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """A profile that may be the device's; `confidence` from 0 to 1."""

    profile: Profile
    confidence: float

    @property
    def is_sure(self) -> bool:
        """Whether the device itself named its model."""
        return self.confidence >= SURE


def told_of(device: str, alias: str = "", model: str = "", channels: tuple[str, ...] = ()) -> Told:
    """What the id, the changeable name, the model and the channels of a device tell."""
    kind, _, own = device.partition(":")
    names = dict.fromkeys(one for one in (own, alias.partition(":")[2]) if one)
    return Told(kind, model, tuple(names), channels)


def confidence(profile: Profile, told: Told) -> float:
    """How sure it is that a device has this profile; 0 when it has not."""
    if told.kind not in profile.kinds:
        return 0.0
    seen = {_plain(one) for one in told.channels}
    wanted = {_plain(one.channel) for one in profile.channels}
    share = len(wanted & seen) / len(wanted) if wanted else 0.0
    if told.model and _fits(told.model, profile.models):
        found = BY_MODEL
    elif any(_fits(one, profile.names) for one in told.names):
        found = BY_NAME
    elif not profile.models and not profile.names and share == 1:
        return BY_CHANNELS
    else:
        return 0.0
    return round(found + BY_CHANNELS_SEEN * share, 2)


def _plain(channel: str) -> str:
    kind = channel.partition("-")[0]
    return EXPOSED.get(kind, kind)


def _fits(word: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(word.casefold(), one.casefold()) for one in patterns)
