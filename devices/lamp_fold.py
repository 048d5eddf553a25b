"""Outputs as they should be and what was heard give what is sent, and what has to be told. Pure.

Each output is sent what it should do until it proves it: at once, after 2, 5 and 15 seconds, then
once a minute. What a device loses, by a reboot or by somebody else's command, is sent again. Times
are seconds of a clock that goes forward.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from devices.alarms import Alarm, Trouble
from devices.lamp_looks import DARK, Look
from devices.lamp_places import Place, command
from devices.lamps import BUZZER, TAG, Lamp
from devices.signals import Signal

RESENT_AFTER = (0.0, 2.0, 5.0, 15.0)
TAG_RESENT_AFTER = (0.0, 60.0, 180.0)
"""A tag takes half a minute to draw itself, and wears off by it."""
PATIENCE_SECONDS = 2.0
SLOW_SECONDS = 60.0
LEAST_GAP_SECONDS = 0.5
TAG_GAP_SECONDS = 60.0
OVERRULED_WITHIN = 60.0
MOST_OVERRULED = 3


@dataclass(frozen=True, slots=True)
class Proof:
    """What was said live on a topic that somebody waits for."""

    topic: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Level:
    """An output says live whether it is on."""

    device: str
    channel: str
    on: bool


@dataclass(frozen=True, slots=True)
class Back:
    """A device is there again and may have forgotten all; '' means that we are."""

    device: str = ""


Heard = Proof | Level | Back


@dataclass(frozen=True, slots=True)
class Output:
    """One output: what it was last told since `began`, how often and when last.

    `lacking`: since when it owes a proof, None while it owes none; `overruled`: when it last said
    the opposite of what it had proved.
    """

    look: Look
    began: float
    sent: int = 0
    sent_at: float = 0.0
    signal: Signal | None = None
    lacking: float | None = None
    overruled: tuple[float, ...] = ()

    def is_fought_over(self, now: float) -> bool:
        """Whether something else goes on switching it."""
        lately = [at for at in self.overruled if now - at < OVERRULED_WITHIN]
        return len(lately) >= MOST_OVERRULED


@dataclass(frozen=True, slots=True)
class Outputs:
    """All of them; `gaps`: when each device was last sent something; `number`: commands so far."""

    by_lamp: Mapping[Lamp, Output] = field(default_factory=lambda: MappingProxyType({}))
    gaps: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    number: int = 0
    resent: int = 0
    proved: int = 0


Wishes = Mapping[Lamp, tuple[Place | None, Look]]
"""Where each output is (None: not known yet) and what it should do."""


def fold(
    before: Outputs, wishes: Wishes, heard: Iterable[Heard], now: float
) -> tuple[Outputs, Sequence[Signal]]:
    """What is known after this, and what is sent now."""
    known = {
        lamp: _wished(before.by_lamp.get(lamp), look, now) for lamp, (_, look) in wishes.items()
    }
    proved = before.proved
    for one in heard:
        for lamp, output in known.items():
            known[lamp] = _after(lamp, output, one, now)
            proved += output.lacking is not None and known[lamp].lacking is None
    outputs = replace(before, by_lamp=known, proved=proved)
    sent: list[Signal] = []
    for lamp in sorted(known, key=lambda one: _turn(known[one])):
        place, look = wishes[lamp]
        if place is not None and _is_due(lamp, outputs, now):
            outputs, signal = _send(outputs, place, look, now)
            sent.append(signal)
    return outputs, sent


def _turn(output: Output) -> tuple[bool, float]:
    """What is to be seen goes before what is to be dark, else the longest waiting first."""
    return (not output.look.on, output.began)


def _wished(output: Output | None, look: Look, now: float) -> Output:
    if output is None:
        return Output(look, now, lacking=now)
    if output.look == look:
        return output
    lacking = now if output.lacking is None else output.lacking
    return replace(output, look=look, began=now, sent=0, signal=None, lacking=lacking)


def _after(lamp: Lamp, output: Output, heard: Heard, now: float) -> Output:
    match heard:
        case Back(device) if device in ("", lamp.device):
            lacking = now if output.lacking is None else output.lacking
            return Output(output.look, now, sent_at=output.sent_at, lacking=lacking)
        case Proof(topic, payload) if output.signal and topic == output.signal.proof_topic:
            return _answered(lamp, output, output.signal, payload, now)
        case Level(device, channel, on) if (device, channel) == lamp.key:
            return _told(lamp, output, on, now)
    return output


def _answered(lamp: Lamp, output: Output, signal: Signal, payload: bytes, now: float) -> Output:
    if signal.is_proved_by(payload):
        return replace(output, lacking=None)
    return _told(lamp, output, not output.look.on, now) if signal.is_denied_by(payload) else output


def _told(lamp: Lamp, output: Output, on: bool, now: float) -> Output:
    """Its own word: the proof, or the opposite of what it had proved before. A buzzer may stop by
    itself.
    """
    if on == output.look.on:
        return replace(output, lacking=None) if output.sent else output
    if output.lacking is not None or (lamp.kind == BUZZER and not on):
        return output
    lately = tuple(at for at in output.overruled if now - at < OVERRULED_WITHIN)
    overruled = (*lately, now)[-MOST_OVERRULED:]
    return replace(output, began=now, sent=0, lacking=now, overruled=overruled)


def _due_at(output: Output, resent_after: tuple[float, ...], now: float) -> float:
    if output.is_fought_over(now):
        return output.sent_at + SLOW_SECONDS
    if output.sent < len(resent_after):
        return output.began + resent_after[output.sent]
    return output.sent_at + SLOW_SECONDS


def _is_due(lamp: Lamp, outputs: Outputs, now: float) -> bool:
    output = outputs.by_lamp[lamp]
    if output.lacking is None or now < _due_at(output, _resent_after(lamp), now):
        return False
    last = outputs.gaps.get(_gap(lamp))
    return last is None or now - last >= (
        TAG_GAP_SECONDS if lamp.kind == TAG else LEAST_GAP_SECONDS
    )


def _resent_after(lamp: Lamp) -> tuple[float, ...]:
    return TAG_RESENT_AFTER if lamp.kind == TAG else RESENT_AFTER


def _gap(lamp: Lamp) -> str:
    """What is not sent too much: the device, or the tag on it, which is drawn slowly."""
    return f"{lamp.device} {lamp.channel}" if lamp.kind == TAG else lamp.device


def _send(outputs: Outputs, place: Place, look: Look, now: float) -> tuple[Outputs, Signal]:
    lamp, number = place.lamp, outputs.number + 1
    output = outputs.by_lamp[lamp]
    signal = command(place, look, number, output.sent)
    told = replace(output, sent=output.sent + 1, sent_at=now, signal=signal)
    return (
        replace(
            outputs,
            by_lamp={**outputs.by_lamp, lamp: told},
            gaps={**outputs.gaps, _gap(lamp): now},
            number=number,
            resent=outputs.resent + (output.sent > 0),
        ),
        signal,
    )


def alarms(outputs: Outputs, wishes: Wishes, now: float) -> tuple[Alarm, ...]:
    """What is wrong, at most once for each output."""
    found: list[Alarm] = []
    for lamp, output in outputs.by_lamp.items():
        last = _resent_after(lamp)[-1]
        if output.is_fought_over(now):
            found.append(_alarm(Trouble.fought_over, lamp))
        elif output.lacking is not None and now - output.lacking > last + PATIENCE_SECONDS:
            place = wishes.get(lamp, (None, DARK))[0]
            found.append(_alarm(Trouble.unproved if place else Trouble.unheard, lamp))
    return tuple(found)


def _alarm(trouble: Trouble, lamp: Lamp) -> Alarm:
    return Alarm(trouble, lamp.device, lamp.channel, lamp.kind, lamp.bay)
