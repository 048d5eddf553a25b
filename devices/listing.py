"""The inbox as a text that a person reads and copies from: unbound devices, as [[sensor]],
[[button]], [[gate]] or [[lamp]] tables.

What devices say of themselves is not to be trusted: it stands in comments, on one line each. Pure.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from devices.batteries import Battery
from devices.bindings import MEANS_A_CAR, Bindings
from devices.buttons import is_button
from devices.gates import GATE, is_door
from devices.ids import CHANNEL, STABLE_ID
from devices.inbox import Seen
from devices.lamps import LAMP, is_output, takes_colours
from devices.profiles.profile import Means, Profile
from devices.profiles.shelf import Shelf

LONGEST = 80
LONGEST_SENTENCE = 300
MOST = 10
SPEAKS_BY_NAME = ("shelly:",)
"""Bound by their names, which hold their MAC: that itself they may not tell for hours."""
HEAD = """\
# Devices that speak and hang on no bay, the latest first.
# Copy the table of one into sensors.toml and say which bay, or which gate, it is at.
# docs/devices.md says more.
"""
NONE = "# There are none.\n"


def listing(
    devices: Iterable[Seen],
    shelf: Shelf,
    batteries: Mapping[str, Battery] | None = None,
    bindings: Bindings | None = None,
    also: Iterable[str] = (),
) -> str:
    """All of them as text, whose battery is low, and what else there is to say in sentences; valid
    TOML whatever the devices say.
    """
    told = [_table(one, shelf.profiles.get(one.profile)) for one in devices]
    low = sorted(device for device, one in (batteries or {}).items() if one.low)
    weak = [_weak(one, (batteries or {})[one], bindings or Bindings()) for one in low]
    weak += [f"# {_plain(one, LONGEST_SENTENCE)}\n" for one in also]
    return HEAD + ("".join(told) or NONE) + ("\n" if weak else "") + "".join(weak)


def _weak(device: str, battery: Battery, bindings: Bindings) -> str:
    bays = dict.fromkeys(one.bay for one in bindings.sensors if one.device == device)
    bays |= dict.fromkeys(one.place for one in bindings.buttons if one.device == device)
    left = "" if battery.percent is None else f": {battery.percent:g} %"
    place = f" at {', '.join(bays)}" if bays else ""
    return f"# The battery of {_plain(device)}{_plain(place)} is low{left}.\n"


def _table(seen: Seen, profile: Profile | None) -> str:
    about = dict.fromkeys((seen.name, seen.alias.partition(":")[2], seen.model))
    named = ", ".join(_plain(one) for one in about if one)
    at = f"{seen.last_seen.astimezone():%H:%M:%S}"
    lines = [f"# {_plain(seen.device)}{f' ({named})' if named else ''}, last heard {at}"]
    if profile is not None:
        kind = f"profile {profile.id}, {round(100 * seen.confidence)} % sure"
        lines.append(f"# {kind}: {_plain(profile.name)}")
    lines += [f"#   {_value(channel, value, profile)}" for channel, value in seen.last]
    lines += [f"#   to be looked at: {_plain(one)}" for one in seen.unmapped]
    lines += _binding(seen, profile)
    return "\n" + "\n".join(lines) + "\n"


def _value(channel: str, value: object, profile: Profile | None) -> str:
    plain = f"{_plain(channel)} = {_plain(json.dumps(value, ensure_ascii=False))}"
    said = profile.says(channel, value) if profile else None
    if said is None or not isinstance(said[1], bool) or said[0] == channel.partition("-")[0]:
        return plain
    return f"{plain}, so {said[0]}: {'yes' if said[1] else 'no'}"


def _binding(seen: Seen, profile: Profile | None) -> Iterator[str]:
    device = seen.alias if seen.alias.startswith(SPEAKS_BY_NAME) else seen.device
    channels = dict.fromkeys((*(one for one, _ in seen.last), *seen.channels))
    fit = [one for one in channels if CHANNEL.match(one) and may_mean_a_car(one, profile)]
    kind = "sensor" if fit else "button"
    fit = fit or [one for one in channels if CHANNEL.match(one) and is_button(one)]
    if not fit:
        kind, fit = GATE, [one for one in channels if CHANNEL.match(one) and is_door(one)]
    if not fit:
        kind, fit = LAMP, [one for one in channels if is_output(device, one)]
        fit.sort(key=lambda one: not takes_colours(one))
    if not fit or not STABLE_ID.match(device) or not device.isprintable():
        return
    if len(fit) > 1:
        yield f"# or another channel: {', '.join(_plain(one) for one in fit[1:MOST])}"
    yield f"[[{kind}]]"
    yield f"device = {json.dumps(device, ensure_ascii=False)}"
    yield f"channel = {json.dumps(fit[0], ensure_ascii=False)}"
    if kind == "sensor" and profile is not None and profile.channel(fit[0]) is not None:
        yield f'profile = "{profile.id}"'
    if kind == LAMP and not takes_colours(fit[0]):
        yield 'lit = ["..."]  # only what lights up or sounds: nothing that moves is driven'
    yield 'name = ""  # of the gate or door' if kind == GATE else 'bay = "..."'


def may_mean_a_car(channel: str, profile: Profile | None) -> bool:
    """Whether a channel may tell that a car stands there, as far as the profile knows."""
    found = profile.channel(channel) if profile else None
    if found is not None:
        return found.means is Means.car
    return channel.partition("-")[0] in MEANS_A_CAR


def _plain(text: str, longest: int = LONGEST) -> str:
    """On one line, and nothing that a terminal would obey."""
    return "".join(sign if sign.isprintable() else "?" for sign in text[:longest])
