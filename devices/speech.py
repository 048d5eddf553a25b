"""What screens say, as sound: from the shop's own recordings, else from an engine; then kept.

Knows no displays. Nothing here waits on the loop's thread, and everything is bounded.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from devices.speech_clips import ClipFault, Clips
from devices.speech_engine import PATIENCE_SECONDS, NoVoice, speak
from devices.speech_sound import NotSound, Samples, chime, read_wav, silence, wav

MOST_KEPT = 64
MOST_KEPT_BYTES = 16 * 1024 * 1024
MOST_WAITING = 8
AGAIN_SECONDS = 20.0
"""A sentence that could not be spoken is not tried again sooner."""

LOG = logging.getLogger("baylight")

Key = tuple[object, ...]

_OWN: Mapping[str, Callable[[], Samples]] = {"chime": chime, "silence": lambda: silence(0.2)}


class Speech:
    """The voice of one process. `command`: the engine's, empty for none; `clips`: the recordings.

    `fault` says in a sentence why the last one could not be spoken, '' when it could.
    """

    def __init__(
        self,
        command: Sequence[str],
        clips: Path,
        elapsed: Callable[[], float] = time.monotonic,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self.fault = ""
        self._command = tuple(command)
        self._clips = Clips(clips)
        self._elapsed = elapsed
        self._patience_seconds = patience_seconds
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._in_vain: OrderedDict[Key, float] = OrderedDict()
        self._at_work: dict[Key, asyncio.Task[bytes]] = {}
        self._turn = asyncio.Semaphore(1)
        self._counts = {"spoken": 0.0, "failed": 0.0, "refused": 0.0}
        self._own: dict[str, bytes] = {}

    @property
    def figures(self) -> Mapping[str, float]:
        """Counts since the start, and what is kept now, by name."""
        kept = {"kept": len(self._kept), "kept_bytes": self._kept_bytes()}
        return {f"speech_{name}": float(n) for name, n in {**self._counts, **kept}.items()}

    async def own(self, name: str) -> bytes:
        """The chime or the silence as WAV; b"" for any other name."""
        if name in _OWN and name not in self._own:
            self._own[name] = await asyncio.to_thread(lambda: wav(_OWN[name]()))
        return self._own.get(name, b"")

    async def say(self, language: str, text: str, clips: Sequence[str]) -> bytes:
        """A sentence as WAV; b"" when it cannot be spoken. `clips`: its pieces as recordings."""
        signature = await asyncio.to_thread(self._clips.signature, language, clips)
        key: Key = (language, text, signature)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if signature is None and not self._command:
            return b""
        if self._elapsed() - self._in_vain.get(key, float("-inf")) < AGAIN_SECONDS:
            return b""
        task = self._at_work.get(key)
        if task is None:
            if len(self._at_work) >= MOST_WAITING:
                self._counts["refused"] += 1
                return b""
            task = asyncio.create_task(self._make(key, language, text, clips))
            self._at_work[key] = task
        # Whoever asked may go; the next one finds what was made.
        return await asyncio.shield(task)

    async def _make(self, key: Key, language: str, text: str, clips: Sequence[str]) -> bytes:
        try:
            async with self._turn:
                made = await asyncio.to_thread(self._made, key, language, text, clips)
        except (NoVoice, ClipFault, NotSound) as error:
            self._failed(key, str(error))
            return b""
        finally:
            del self._at_work[key]
        self.fault = ""
        self._counts["spoken"] += 1
        self._keep(key, made)
        return made

    def _made(self, key: Key, language: str, text: str, clips: Sequence[str]) -> bytes:
        """The sound itself; takes its time, in a thread of its own."""
        if key[-1] is not None:
            return wav(self._clips.sentence(language, clips))
        return wav(read_wav(speak(self._command, language, text, self._patience_seconds)))

    def _failed(self, key: Key, why: str) -> None:
        self._counts["failed"] += 1
        self._in_vain[key] = self._elapsed()
        while len(self._in_vain) > MOST_KEPT:
            self._in_vain.popitem(last=False)
        if why != self.fault:
            self.fault = why
            LOG.warning("a call could not be spoken: %s", why)

    def _keep(self, key: Key, made: bytes) -> None:
        self._kept[key] = made
        while len(self._kept) > MOST_KEPT or self._kept_bytes() > MOST_KEPT_BYTES:
            self._kept.popitem(last=False)

    def _kept_bytes(self) -> int:
        return sum(map(len, self._kept.values()))
