"""Sound as samples: read from WAV, put together, written as WAV; and the chime, which is our own.

Pure. Everything is one channel of 16 bits at one rate, whatever came in.
"""

import io
import math
import sys
import wave
from array import array
from collections.abc import Iterable
from typing import TypeAlias

RATE = 22050
MOST_SECONDS = 20.0
"""No sentence is longer; what goes on is cut off."""

_RATES = range(8000, 48001)
_LOUDEST = 32767
_NOTES = ((0.0, 659.26), (0.42, 523.25))
_CHIME_SECONDS = 1.5

Samples: TypeAlias = "array[int]"


class NotSound(Exception):
    """Bytes that are no sound we can play, and why."""


def read_wav(data: bytes) -> Samples:
    """The samples of a WAV file; raises NotSound."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            if file.getsampwidth() != 2 or file.getnchannels() not in (1, 2):
                raise NotSound("not 16 bits in one or two channels")
            if file.getframerate() not in _RATES:
                raise NotSound(f"{file.getframerate()} samples in a second")
            # Engines that write while they speak do not know how much it will be.
            frames = file.readframes(int(MOST_SECONDS * file.getframerate()))
            samples = _samples(frames, file.getnchannels())
            if not samples:
                raise NotSound("a WAV file with nothing in it")
            return _at_our_rate(samples, file.getframerate())
    except (wave.Error, EOFError, RuntimeError) as error:
        raise NotSound(f"not a WAV file ({error})") from None


def _samples(frames: bytes, channels: int) -> Samples:
    samples = array("h", frames[: len(frames) // (2 * channels) * 2 * channels])
    if sys.byteorder == "big":
        samples.byteswap()
    if channels == 2:
        pairs = zip(samples[::2], samples[1::2], strict=True)
        samples = array("h", [(left + right) // 2 for left, right in pairs])
    return samples


def _at_our_rate(samples: Samples, rate: int) -> Samples:
    if rate == RATE or len(samples) < 2:
        return samples
    step, last = rate / RATE, len(samples) - 1
    places = (number * step for number in range(int(last / step) + 1))
    return array("h", [_between(samples, place, last) for place in places])


def _between(samples: Samples, place: float, last: int) -> int:
    at = int(place)
    here, there = samples[at], samples[min(at + 1, last)]
    return int(here + (there - here) * (place - at))


def wav(samples: Samples) -> bytes:
    """A WAV file of samples."""
    written = array("h", samples)
    if sys.byteorder == "big":
        written.byteswap()
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(written.tobytes())
    return kept.getvalue()


def joined(pieces: Iterable[Samples], gap_seconds: float = 0.05) -> Samples:
    """Pieces one after the other, with a breath between."""
    whole: Samples = array("h")
    for piece in pieces:
        if whole:
            whole.extend(silence(gap_seconds))
        whole.extend(piece)
    return whole[: int(MOST_SECONDS * RATE)]


def silence(seconds: float) -> Samples:
    """Nothing to be heard."""
    return array("h", bytes(2 * int(seconds * RATE)))


def chime() -> Samples:
    """Two soft notes that fade, the higher one first."""
    whole = [0.0] * int(_CHIME_SECONDS * RATE)
    for begins, pitch in _NOTES:
        first = int(begins * RATE)
        for at in range(first, len(whole)):
            whole[at] += _note(pitch, (at - first) / RATE)
    return array("h", [int(_LOUDEST * 0.45 * each) for each in whole])


def _note(pitch: float, seconds: float) -> float:
    """A bell's tone: it comes quickly, has a softer octave, and fades."""
    loud = min(1.0, seconds / 0.006) * math.exp(-3.2 * seconds)
    turn = 2 * math.pi * pitch * seconds
    return loud * (0.8 * math.sin(turn) + 0.2 * math.sin(2 * turn))
