"""Devices that speak but hang on no bay, for a person to bind; nothing acts on them."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from devices.readings import Availability, Discovery, Event, Observation, State

MOST_DEVICES = 500
MOST_CHANNELS = 40


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of an unbound device; `alias` is its changeable name, `name` what people
    call it. `unmapped`: declared values that a person has to look at, with the reason.
    """

    device: str
    last_seen: datetime
    alias: str = ""
    model: str = ""
    channels: tuple[str, ...] = ()
    messages: int = 0
    name: str = ""
    unmapped: tuple[str, ...] = ()


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
            case State(device=device, channel=channel, received_at=at, retained=False):
                self._put(_heard(self._take(device, at), channel, at))
            case Event(device=device, channel=channel, received_at=at):
                self._put(_heard(self._take(device, at), channel, at))
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
