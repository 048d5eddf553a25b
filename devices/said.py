"""What was read from a message, in a row's room, and the message as people may see it. Pure."""

from collections.abc import Sequence

from devices.deliveries import Delivery
from devices.logbook import Message, Said
from devices.readings import (
    Availability,
    Diagnostic,
    Discovery,
    Event,
    EventKind,
    Malformed,
    Observation,
    State,
)
from devices.redaction import readable, tail
from devices.typed import GONE

LONGEST_TOPIC = 200
LONGEST_WORD = 120
MOST_SAID = 12
PERSONAL = (EventKind.plate, EventKind.badge)


def worth_of(seen: Diagnostic) -> str:
    """What a finding tells besides its kind."""
    return _short(seen.text or (f"{seen.interval_seconds:g}" if seen.interval_seconds else ""))


def message_of(
    delivery: Delivery, told: Sequence[Observation], is_copy: bool, reads_badges: bool = False
) -> Message:
    """As it is kept: without what names a car or a person, in the text as in what was read.
    `reads_badges`: what its device is known to do.
    """
    events = [one for one in told if isinstance(one, Event) and one.kind in PERSONAL]
    secrets = [word for one in events for word in (one.value, *one.candidates)]
    careful = reads_badges or any(isinstance(one, Malformed) for one in told)
    topic = delivery.topic[:LONGEST_TOPIC]
    return Message(
        at=delivery.received_at,
        topic=readable(topic.encode("utf-8", "replace"), "", secrets) if secrets else topic,
        text=readable(delivery.payload, delivery.topic, secrets, careful=careful),
        size=len(delivery.payload),
        retained=delivery.retained,
        is_sure=delivery.ticket is not None,
        said=tuple(said_of(one) for one in told[:MOST_SAID]),
        is_copy=is_copy and not told,
    )


def said_of(seen: Observation) -> Said:
    """What one observation says, short enough for a row, and of people and cars only a tail."""
    match seen:
        case State():
            value = _short(seen.value) if isinstance(seen.value, str) else seen.value
            return ("level" if seen.quality == "good" else seen.quality.value, seen.channel, value)
        case Event(kind=EventKind.plate):
            return ("plate", seen.channel, tail(seen.value))
        case Event(kind=EventKind.badge):
            return ("badge", seen.channel, GONE)
        case Event():
            return (seen.kind.value, seen.channel, _short(seen.value))
        case Availability():
            return ("alive", "", seen.alive.value)
        case Discovery():
            return ("gone" if seen.gone else "device", "", _short(seen.model or seen.name))
        case Diagnostic():
            return ("finding", seen.finding.value, worth_of(seen))
    return ("malformed", "", _short(seen.reason))


def _short(text: str) -> str:
    return text[:LONGEST_WORD]
