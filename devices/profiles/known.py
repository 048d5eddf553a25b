"""What devices have told of themselves since the start, and what follows from it. Pure.

Bounded: when full, devices known already stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from msgspec import structs

from devices.bindings import Bindings, Sensor, fitted
from devices.profiles.guess import Told, told_of
from devices.profiles.profile import Dedupe, Profile
from devices.profiles.profile_limits import RANGES
from devices.profiles.shelf import Shelf
from devices.readings import Diagnostic, Discovery, Event, EventKind, Finding, Observation

MOST_DEVICES = 2000
TIMES = frozenset({"expected_interval_seconds", "enter_seconds", "leave_seconds"})
"""What a profile may say of a sensor that does not name it. What turns levels round is not among
them: a guess, or one that comes too late, would make a bay free in which a car stands.
"""


@dataclass(frozen=True, slots=True)
class About:
    """What one device told: of its model, and how often it speaks."""

    told: Told
    interval_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of each device, by its id."""

    devices: Mapping[str, About] = field(default_factory=lambda: MappingProxyType({}))

    def profile(self, shelf: Shelf, device: str) -> Profile | None:
        """The profile of a device that has named its model, by itself or in its name."""
        about = self.devices.get(device)
        return shelf.sure(told_of(device) if about is None else about.told)

    def expected_seconds(self, shelf: Shelf, device: str, channel: str) -> float | None:
        """How often it speaks at least: by its own word, else by its profile; None: nobody says."""
        about, profile = self.devices.get(device), self.profile(shelf, device)
        if about is not None and about.interval_seconds is not None:
            return about.interval_seconds
        found = profile.channel(channel) if profile is not None else None
        return found.sense.expected_interval_seconds if found is not None else None


def learn(known: Known, seen: Observation) -> Known:
    """What is known after one observation; most tell nothing of this kind."""
    match seen:
        case Discovery(device=device, alias=alias, model=model, gone=False):
            before = known.devices.get(device)
            told = told_of(device, alias, model or (before.told.model if before else ""))
            about = replace(before or About(told), told=told)
            return _with(known, device, _often(about, seen.interval_seconds))
        case Diagnostic(device=device, finding=Finding.model, text=model) if model:
            before = known.devices.get(device) or About(told_of(device))
            return _with(known, device, replace(before, told=replace(before.told, model=model)))
        case Diagnostic(device=device, finding=Finding.interval, interval_seconds=float() as every):
            about = known.devices.get(device) or About(told_of(device))
            return _with(known, device, _often(about, every))
    return known


def _often(about: About, every: float | None) -> About:
    """A device's own word within reason: else one could be believed for ever."""
    if every is None:
        return about
    limits = RANGES["expected_interval_seconds"]
    return replace(about, interval_seconds=min(max(every, limits.least), limits.most))


def _with(known: Known, device: str, about: About) -> Known:
    if known.devices.get(device) == about:
        return known
    if device not in known.devices and len(known.devices) >= MOST_DEVICES:
        return known
    return Known({**known.devices, device: about})


def timed(bindings: Bindings, known: Known, shelf: Shelf) -> Bindings:
    """The bindings with the times that their devices tell, or else those of their models."""
    sensors = tuple(_timed(one, known, shelf) for one in bindings.sensors)
    return replace(bindings, sensors=sensors)


def _timed(sensor: Sensor, known: Known, shelf: Shelf) -> Sensor:
    profile = None if sensor.profile else known.profile(shelf, sensor.device)
    fit = sensor if profile is None else fitted(sensor, profile, TIMES)
    about = known.devices.get(sensor.device)
    every = about.interval_seconds if about is not None else None
    if every is None or "expected_interval_seconds" not in sensor.left_out:
        return fit
    return replace(fit, expected_interval_seconds=every)


def in_our_words(profile: Profile | None, seen: Event) -> Event | None:
    """A press in the words of its model's profile; None for what is no press there."""
    if profile is None or seen.kind is not EventKind.press:
        return seen
    word = next((one for one in profile.words if one.word == seen.value), None)
    if word is not None and not word.press:
        return None
    if word is not None:
        channel = f"button-{word.button}" if word.button else seen.channel
        seen = structs.replace(seen, channel=channel, value=word.press)
    return seen if profile.dedupe is Dedupe.number else _by_word(seen, profile.dedupe_seconds)


def _by_word(seen: Event, seconds: float) -> Event:
    """Its device's numbers are not believed: what counts is whether it said the same just now."""
    own = f"{seen.value}/{seen.received_at.isoformat()}"
    return structs.replace(
        seen,
        key=f"{seen.device}/{seen.channel}/{own}",
        alike=f"{seen.channel}/{seen.value}",
        alike_seconds=seconds,
    )
