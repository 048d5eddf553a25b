"""Devices that speak but hang on no bay, for a person to bind; nothing acts on them."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from devices.profiles.guess import told_of
from devices.profiles.shelf import Shelf
from devices.readings import (
    Availability,
    Diagnostic,
    Discovery,
    Event,
    EventKind,
    Finding,
    Level,
    Observation,
    State,
)

MOST_DEVICES = 500
MOST_CHANNELS = 40


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of an unbound device; `alias` is its changeable name, `name` what people
    call it. `unmapped`: declared values that a person has to look at, with the reason. `profile`
    is the likeliest one, `confidence` how sure that is from 0 to 1; `last` what each channel
    said last.
    """

    device: str
    last_seen: datetime
    alias: str = ""
    model: str = ""
    channels: tuple[str, ...] = ()
    messages: int = 0
    name: str = ""
    unmapped: tuple[str, ...] = ()
    profile: str = ""
    confidence: float = 0.0
    last: tuple[tuple[str, Level], ...] = ()


def guessed(seen: Seen, shelf: Shelf) -> Seen:
    """The same with the profile that it may have."""
    guess = shelf.guess(told_of(seen.device, seen.alias, seen.model, seen.channels))
    if guess is None:
        return seen
    return replace(seen, profile=guess.profile.id, confidence=guess.confidence)


class Inbox:
    """The unbound devices of late; when full the longest unseen gives way."""

    def __init__(self) -> None:
        """Empty."""
        self._seen: OrderedDict[str, Seen] = OrderedDict()

    def note(self, observation: Observation) -> None:
        """Remember who spoke; replays and unreadable messages say nothing of a device."""
        match observation:
            case Discovery(device=device, gone=True):
                self.forget(device)
            case Discovery(device=device, received_at=at, alias=alias):
                self.forget(alias)
                self._put(_described(self._take(device, at), observation))
            case State(device=device, received_at=at, retained=False):
                heard = _heard(self._take(device, at), observation.channel, at)
                self._put(_said(heard, observation.channel, observation.value))
            case Event(device=device, received_at=at):
                heard = _heard(self._take(device, at), observation.channel, at)
                is_press = observation.kind is EventKind.press
                word = observation.value if is_press else observation.kind.value
                self._put(_said(heard, observation.channel, word))
            case Diagnostic(device=device, finding=Finding.model, text=model, received_at=at):
                self._put(replace(self._take(device, at), model=model))
            case Diagnostic(device=device, finding=Finding.encrypted, text=text, received_at=at):
                seen = self._take(device, at)
                self._put(replace(seen, unmapped=tuple(dict.fromkeys((*seen.unmapped, text)))))
            case Availability(device=device, received_at=at, retained=False):
                self._put(replace(self._take(device, at), last_seen=at))

    def forget(self, device: str) -> None:
        """Drop a device, because it was bound."""
        self._seen.pop(device, None)

    @property
    def devices(self) -> tuple[Seen, ...]:
        """The unbound devices, the latest first."""
        return tuple(reversed(self._seen.values()))

    def _take(self, device: str, at: datetime) -> Seen:
        return self._seen.pop(device, None) or Seen(device, at)

    def _put(self, seen: Seen) -> None:
        self._seen[seen.device] = seen
        if len(self._seen) > MOST_DEVICES:
            self._seen.popitem(last=False)


def _described(seen: Seen, found: Discovery) -> Seen:
    channels = dict.fromkeys((*seen.channels, *found.channels))
    left = (f"{one.key}: {one.unmapped}" for one in found.entities if one.unmapped)
    return replace(
        seen,
        alias=found.alias or seen.alias,
        model=found.model or seen.model,
        channels=tuple(channels)[:MOST_CHANNELS],
        name=found.name or seen.name,
        unmapped=tuple(dict.fromkeys((*seen.unmapped, *left)))[:MOST_CHANNELS],
    )


def _heard(seen: Seen, channel: str, at: datetime) -> Seen:
    """One message may tell several levels, all of one moment."""
    channels = dict.fromkeys((*seen.channels, channel))
    is_another = not seen.messages or at != seen.last_seen
    return replace(
        seen,
        last_seen=at,
        messages=seen.messages + is_another,
        channels=tuple(channels)[:MOST_CHANNELS],
    )


def _said(seen: Seen, channel: str, value: Level) -> Seen:
    last = {**dict(seen.last), channel: value}
    return replace(seen, last=tuple(last.items())[:MOST_CHANNELS])
