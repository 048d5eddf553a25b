"""The inbox as a text that a person reads and copies from: unbound devices, as [[sensor]],
[[button]], [[gate]] or [[lamp]] tables.

What devices say of themselves is not to be trusted: it stands in comments, on one line each. Pure.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from board.core.slips import Speak
from devices.batteries import Battery
from devices.bindings import MEANS_A_CAR, Bindings
from devices.buttons import is_button
from devices.called import NOBODY, Called
from devices.gates import GATE, is_door
from devices.ids import CHANNEL, STABLE_ID
from devices.inbox import Seen
from devices.lamps import LAMP, is_output, takes_colours
from devices.listing_words import SENTENCES
from devices.profiles.profile import Means, Profile
from devices.profiles.shelf import Shelf

LONGEST = 80
LONGEST_SENTENCE = 300
MOST = 10
SPEAKS_BY_NAME = ("shelly:",)
"""Bound by their names, which hold their MAC: that itself they may not tell for hours."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the list: their language, what speaks it, and what they call bays and people."""

    language: str = "en"
    speak: Speak = str
    called: Called = NOBODY

    def says(self, code: str, **values: str) -> str:
        """A sentence of the list."""
        return self.speak(SENTENCES[code]).format(**values)


ENGLISH = Reader()


def listing(
    devices: Iterable[Seen],
    shelf: Shelf,
    batteries: Mapping[str, Battery] | None = None,
    bindings: Bindings | None = None,
    also: Iterable[str] = (),
    reader: Reader = ENGLISH,
) -> str:
    """All of them as text, whose battery is low, and what else there is to say in sentences; valid
    TOML whatever the devices say.
    """
    head = "".join(f"# {reader.says(one)}\n" for one in ("head", "copy", "more"))
    told = [_table(one, shelf.profiles.get(one.profile), reader) for one in devices]
    known = batteries or {}
    low = sorted(device for device, one in known.items() if one.low)
    weak = [_weak(one, known[one], bindings or Bindings(), reader) for one in low]
    weak += [f"# {_plain(one, LONGEST_SENTENCE)}\n" for one in also]
    none = f"# {reader.says('none')}\n"
    return head + ("".join(told) or none) + ("\n" if weak else "") + "".join(weak)


def _weak(device: str, battery: Battery, bindings: Bindings, reader: Reader) -> str:
    bays = dict.fromkeys(one.bay for one in bindings.sensors if one.device == device)
    bays |= dict.fromkeys(one.place for one in bindings.buttons if one.device == device)
    left = "" if battery.percent is None else f"{battery.percent:g} %"
    place = _plain(", ".join(reader.called.place(one, reader.speak) for one in bays))
    code = f"low{'_at' if place else ''}{'_left' if left else ''}"
    return f"# {reader.says(code, device=_plain(device), place=place, left=left)}\n"


def _table(seen: Seen, profile: Profile | None, reader: Reader) -> str:
    about = dict.fromkeys((seen.name, seen.alias.partition(":")[2], seen.model))
    named = ", ".join(_plain(one) for one in about if one)
    at = f"{seen.last_seen.astimezone():%H:%M:%S}"
    device = f"{_plain(seen.device)}{f' ({named})' if named else ''}"
    lines = [f"# {reader.says('heard', device=device, time=at)}"]
    if profile is not None:
        share, name = f"{round(100 * seen.confidence)} %", profile.called_in(reader.language)
        told = reader.says("profile", profile=profile.id, share=share, name=_plain(name))
        lines.append(f"# {told}")
    lines += [f"#   {_value(channel, value, profile, reader)}" for channel, value in seen.last]
    lines += [f"#   {reader.says('unmapped', what=_plain(one))}" for one in seen.unmapped]
    lines += _binding(seen, profile, reader)
    return "\n" + "\n".join(lines) + "\n"


def _value(channel: str, value: object, profile: Profile | None, reader: Reader) -> str:
    plain = f"{_plain(channel)} = {_plain(json.dumps(value, ensure_ascii=False))}"
    said = profile.says(channel, value) if profile else None
    if said is None or not isinstance(said[1], bool) or said[0] == channel.partition("-")[0]:
        return plain
    return reader.says("yes" if said[1] else "no", value=plain, means=said[0])


def _channels(seen: Seen, device: str, profile: Profile | None) -> tuple[str, list[str]]:
    """As what it may be bound, and by which of its channels."""
    every = dict.fromkeys((*(one for one, _ in seen.last), *seen.channels))
    channels = [one for one in every if CHANNEL.match(one)]
    if fit := [one for one in channels if may_mean_a_car(one, profile)]:
        return "sensor", fit
    if fit := [one for one in channels if is_button(one)]:
        return "button", fit
    if fit := [one for one in channels if is_door(one)]:
        return GATE, fit
    fit = [one for one in channels if is_output(device, one)]
    return LAMP, sorted(fit, key=lambda one: not takes_colours(one))


def _binding(seen: Seen, profile: Profile | None, reader: Reader) -> Iterator[str]:
    device = seen.alias if seen.alias.startswith(SPEAKS_BY_NAME) else seen.device
    kind, fit = _channels(seen, device, profile)
    if not fit or not STABLE_ID.match(device) or not device.isprintable():
        return
    if len(fit) > 1:
        others = ", ".join(_plain(one) for one in fit[1:MOST])
        yield f"# {reader.says('others', channels=others)}"
    yield f"[[{kind}]]"
    yield f"device = {json.dumps(device, ensure_ascii=False)}"
    yield f"channel = {json.dumps(fit[0], ensure_ascii=False)}"
    if kind == "sensor" and profile is not None and profile.channel(fit[0]) is not None:
        yield f'profile = "{profile.id}"'
    if kind == LAMP and not takes_colours(fit[0]):
        yield f'lit = ["..."]  # {reader.says("driven")}'
    yield f'name = ""  # {reader.says("gate")}' if kind == GATE else 'bay = "..."'


def may_mean_a_car(channel: str, profile: Profile | None) -> bool:
    """Whether a channel may tell that a car stands there, as far as the profile knows."""
    found = profile.channel(channel) if profile else None
    if found is not None:
        return found.means is Means.car
    return channel.partition("-")[0] in MEANS_A_CAR


def _plain(text: str, longest: int = LONGEST) -> str:
    """On one line, and nothing that a terminal would obey."""
    return "".join(sign if sign.isprintable() else "?" for sign in text[:longest])
