"""What is told of outputs to whoever stands before them: what each should do, and whether it has
proved it. Plain values for JSON. Pure.
"""

from dataclasses import dataclass, field
from types import MappingProxyType

from devices.lamp_fold import Outputs, Wishes
from devices.lamp_trials import Trials
from devices.lamps import VOICE, Lamp
from devices.voices import Voices

Told = dict[str, object]


@dataclass(frozen=True, slots=True)
class Lit:
    """All outputs at a moment, `now` in seconds of the clock that they are told by."""

    now: float = 0.0
    lamps: tuple[Lamp, ...] = ()
    wishes: Wishes = field(default_factory=lambda: MappingProxyType({}))
    outputs: Outputs = field(default_factory=Outputs)
    voices: Voices = field(default_factory=Voices)
    trials: Trials = field(default_factory=lambda: MappingProxyType({}))


def told_lamps(lit: Lit, device: str) -> list[Told]:
    """The outputs of a device that are driven now."""
    return [_told(lit, one) for one in lit.lamps if one.device == device]


def _told(lit: Lit, lamp: Lamp) -> Told:
    place, look = lit.wishes.get(lamp, (None, None))
    return {
        "channel": lamp.channel,
        "output": lamp.kind,
        "on": look.on if look else False,
        "colour": str(look.colour or "") if look else "",
        "blinks": look.blinks if look else False,
        "text": look.text if look else "",
        "state": _state(lit, lamp, is_placed=place is not None),
        "trial": _trial(lit, lamp),
    }


def _state(lit: Lit, lamp: Lamp, *, is_placed: bool) -> str:
    """Proved, waiting for a proof, mute, or not heard of yet; '' of an announcer that may speak."""
    if lamp.kind == VOICE:
        voice = lit.voices.by_lamp.get(lamp)
        return "mute" if voice and voice.is_mute else ""
    if not is_placed:
        return "unheard"
    output = lit.outputs.by_lamp.get(lamp)
    return "proved" if output and output.lacking is None else "waiting"


def _trial(lit: Lit, lamp: Lamp) -> Told | None:
    trial = lit.trials.get(lamp.key)
    if trial is None:
        return None
    return {
        "is_on": trial.is_on(lit.now),
        "is_proved": trial.is_proved,
        "is_dark": trial.look is not None and not trial.look.on,
        "seconds_ago": round(lit.now - trial.began),
    }
