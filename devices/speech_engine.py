"""The engine that turns a sentence into sound: any program that reads text and writes WAV.

Knows no screens; what the program does is bounded in time and size.
"""

import os
import select
import shutil
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from threading import Timer

SHIPPED = ("espeak-ng", "-b", "1", "-v", "{voice}", "-s", "150", "--stdin", "--stdout")
PATIENCE_SECONDS = 8.0
MOST_BYTES = 4 * 1024 * 1024

_VOICES = {"zh-Hans": "cmn", "zh-Hant": "cmn", "en": "en"}
"""espeak-ng's voices by our languages."""


class NoVoice(Exception):
    """A sentence that was not spoken, and why, as people are told."""


def speak(
    command: Sequence[str], language: str, text: str, seconds: float = PATIENCE_SECONDS
) -> bytes:
    """What the program writes for a sentence; raises NoVoice. Waits for it, so call it in a thread.

    `{language}` in the command is our tag of it, `{voice}` espeak-ng's name for its voice.
    """
    words = [_filled(word, language) for word in command]
    program = words[0]
    if shutil.which(program) is None:
        raise NoVoice(f"{program} is not installed, so screens sound a chime and say nothing")
    try:
        process = Popen(words, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True)
    except OSError as error:
        raise NoVoice(f"{program} cannot be started ({error.strerror})") from None
    with process, _Limit(process, seconds) as limit:
        found = _spoken(process, text, limit)
    if limit.is_over:
        raise NoVoice(f"{program} took longer than {seconds:g} s over a sentence")
    if len(found) > MOST_BYTES:
        raise NoVoice(f"{program} wrote more than {MOST_BYTES} bytes for a sentence")
    if process.returncode:
        raise NoVoice(f"{program} failed (it ended with {process.returncode})")
    return found


def _spoken(process: Popen[bytes], text: str, limit: "_Limit") -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    # One that ends without reading has said so by what it wrote, or did not.
    with suppress(BrokenPipeError):
        process.stdin.write(text.encode() + b"\n")
        process.stdin.close()
    found, source = bytearray(), process.stdout.fileno()
    poll = select.poll()
    poll.register(source, select.POLLIN | select.POLLHUP)
    # What it left behind in a session of its own may hold its output open for ever.
    while poll.poll(limit.left_ms()):
        piece = os.read(source, 65536)
        found += piece
        if not piece:
            return bytes(found)
        if len(found) > MOST_BYTES:
            _end(process)
            return bytes(found)
    limit.strike()
    return b""


class _Limit:
    """Ends a program, and all it has started, that takes too long."""

    def __init__(self, process: Popen[bytes], seconds: float) -> None:
        self.is_over = False
        self._process = process
        self._ends = time.monotonic() + seconds
        self._timer = Timer(seconds, self.strike)

    def left_ms(self) -> float:
        """How long it may still take."""
        return max(0.0, (self._ends - time.monotonic()) * 1000)

    def strike(self) -> None:
        """End it now."""
        self.is_over = True
        _end(self._process)

    def __enter__(self) -> "_Limit":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        # The program may have closed its output and go on: it is waited for as long as it may.
        self._process.wait()
        self._timer.cancel()


def _end(process: Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _filled(word: str, language: str) -> str:
    return word.replace("{language}", language).replace("{voice}", _VOICES.get(language, "en"))
