"""Which sentence each announcer is sent now, one after the other and each once. Pure.

A sentence is not repeated when its end is not confirmed: calls come in rounds of their own. Times
are seconds of a clock that goes forward, but for when a sentence fell due.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from devices.alarms import Alarm, Trouble
from devices.lamp_fold import Heard, Proof
from devices.lamp_places import Place, spoken
from devices.lamps import VOICE, Lamp, is_quiet
from devices.placed import Key
from devices.shown import Announced, ShopShown
from devices.signals import Signal

FRESH_SECONDS = 60.0
"""A sentence that fell due longer ago, before we ran, is not news."""
LONGEST_SENTENCE_SECONDS = 30.0
MOST_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class Voice:
    """One announcer: what it speaks since `began`, the keys of what it spoke, and whether it did
    not confirm the last one.
    """

    signal: Signal | None = None
    began: float = 0.0
    said: tuple[str, ...] = ()
    is_mute: bool = False


@dataclass(frozen=True, slots=True)
class Voices:
    """All of them; `number`: sentences so far."""

    by_lamp: Mapping[Lamp, Voice] = field(default_factory=lambda: MappingProxyType({}))
    number: int = 0


def speak(
    before: Voices,
    lamps: Iterable[Lamp],
    places: Mapping[Lamp, Place],
    shop: ShopShown,
    heard: Iterable[Heard],
    now: float,
    besides: Mapping[Key, Announced] = MappingProxyType({}),
) -> tuple[Voices, Sequence[Signal]]:
    """What is known after this, and what is sent now. `besides`: for one announcer alone."""
    proofs = [one for one in heard if isinstance(one, Proof)]
    known: dict[Lamp, Voice] = {}
    sent: list[Signal] = []
    number = before.number
    for lamp in lamps:
        if lamp.kind != VOICE:
            continue
        voice = _heard(before.by_lamp.get(lamp, Voice()), proofs, now)
        due = _next(lamp, voice, shop, besides.get(lamp.key))
        if voice.signal is None and due is not None:
            voice = replace(voice, said=(*voice.said, due.key)[-MOST_REMEMBERED:])
            if lamp in places:
                number += 1
                signal = spoken(places[lamp], due.text, due.language, number)
                voice = replace(voice, signal=signal, began=now)
                sent.append(signal)
        known[lamp] = voice
    return Voices(known, number), sent


def _heard(voice: Voice, proofs: Iterable[Proof], now: float) -> Voice:
    if voice.signal is None:
        return voice
    for one in proofs:
        if one.topic == voice.signal.proof_topic and voice.signal.is_proved_by(one.payload):
            return replace(voice, signal=None, is_mute=False)
    if now - voice.began > LONGEST_SENTENCE_SECONDS:
        return replace(voice, signal=None, is_mute=True)
    return voice


def _next(lamp: Lamp, voice: Voice, shop: ShopShown, own: Announced | None) -> Announced | None:
    """What it has to say first: what is urgent, else what waits longest."""
    every = [one for one in shop.announced if _may_say(lamp, one, shop)] + ([own] if own else [])
    due = [one for one in every if one.key not in voice.said]
    return min(due, key=lambda one: (not one.urgent, one.due, one.key), default=None)


def _may_say(lamp: Lamp, one: Announced, shop: ShopShown) -> bool:
    if one.says not in lamp.says or (lamp.bay and one.bay != lamp.bay):
        return False
    if shop.now - one.due > FRESH_SECONDS:
        return False
    return one.urgent or not is_quiet(lamp, shop.minute)


def mute(voices: Voices) -> tuple[Alarm, ...]:
    """What is wrong, at most once for each announcer."""
    return tuple(
        Alarm(Trouble.mute, lamp.device, lamp.channel, lamp.kind, lamp.bay)
        for lamp, voice in voices.by_lamp.items()
        if voice.is_mute
    )
