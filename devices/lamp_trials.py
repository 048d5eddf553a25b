"""Outputs that are switched for a moment because somebody stands before them and looks. Pure.

A trial is only another wish for some seconds: it is sent and proved as any other. Times are
seconds of a clock that goes forward.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from devices.lamp_fold import Outputs
from devices.lamp_looks import Look
from devices.lamps import BUZZER, COLOURED, TAG, VOICE, Lamp
from devices.placed import Key
from devices.shades import Colour
from devices.shown import Announced, Says
from devices.voices import Voices

LIT_SECONDS = 10.0
DARK_SECONDS = 5.0
"""One that is lit already goes out for as long."""
DRAWN_SECONDS = 90.0
"""A tag draws once a minute at most."""
REMEMBERED_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Trial:
    """One output tried from `began` to `until`: how it looks meanwhile (None: as it should), what
    an announcer says, and whether that was proved.
    """

    began: float
    until: float
    look: Look | None = None
    words: Announced | None = None
    is_proved: bool = False

    def is_on(self, now: float) -> bool:
        """Whether it goes on."""
        return self.began <= now < self.until and not (self.look is None and self.is_proved)


Trials = Mapping[Key, Trial]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What an announcer says to be tried, and in which language."""

    text: str
    language: str


def trial_of(lamp: Lamp, wanted: Look, sentence: Sentence, now: float, due: float) -> Trial:
    """How an output is tried that should look as `wanted`; `due` in epoch seconds."""
    if lamp.kind == VOICE:
        said = (sentence.text, sentence.language)
        words = Announced(f"trial {now}", Says.help, *said, due, lamp.bay, urgent=True)
        return Trial(now, now + LIT_SECONDS, words=words)
    if lamp.kind == TAG:
        return Trial(now, now + DRAWN_SECONDS)
    if lamp.kind == BUZZER:
        return Trial(now, now + lamp.seconds, Look(on=True, seconds=lamp.seconds))
    if wanted.on:
        return Trial(now, now + DARK_SECONDS, Look())
    colour = Colour.white if lamp.word in COLOURED else None
    return Trial(now, now + LIT_SECONDS, Look(on=True, colour=colour))


def looks_tried(wanted: Mapping[Lamp, Look], trials: Trials, now: float) -> Mapping[Lamp, Look]:
    """What each output should do, with those that are tried as they are tried."""
    found = dict(wanted)
    for lamp in wanted:
        trial = trials.get(lamp.key)
        if trial is not None and trial.look is not None and trial.is_on(now):
            found[lamp] = trial.look
    return found


def words_tried(trials: Trials, now: float) -> Mapping[Key, Announced]:
    """What announcers say besides, to be tried."""
    return {key: one.words for key, one in trials.items() if one.words and one.is_on(now)}


def followed(trials: Trials, outputs: Outputs, voices: Voices, now: float) -> Trials:
    """Those of late, with what was proved meanwhile."""
    kept = {key: one for key, one in trials.items() if now - one.began < REMEMBERED_SECONDS}
    for lamp, output in outputs.by_lamp.items():
        trial = kept.get(lamp.key)
        if trial is None or output.lacking is not None or output.sent_at < trial.began:
            continue
        if trial.look in (None, output.look) and output.sent:
            kept[lamp.key] = replace(trial, is_proved=True)
    for lamp, voice in voices.by_lamp.items():
        trial = kept.get(lamp.key)
        if trial and trial.words and trial.words.key in voice.said and voice.signal is None:
            kept[lamp.key] = replace(trial, is_proved=not voice.is_mute)
    return kept
