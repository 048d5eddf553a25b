"""A mosquitto of ours that outlived whoever watched over it: ended before another one starts.

Whoever starts a broker in a folder is the only one entitled to: a former holder may only have
been stopped for a while, with its broker running on and its port taken.
"""

import asyncio
import logging
import os
import signal
from contextlib import suppress
from pathlib import Path

LOG = logging.getLogger(__name__)
END_SECONDS = 5.0
LOOK_SECONDS = 0.05
_NOTE = "mosquitto.pid"


def note_broker(folder: Path, pid: int) -> None:
    """Write down which process is the broker of this folder."""
    (folder / _NOTE).write_text(f"{pid}\n")


async def end_former(folder: Path, settings: Path) -> None:
    """End the broker that was noted, if it still runs with these settings; kill it at last."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        pid = _former(folder, settings)
        if pid is None:
            return
        LOG.warning("a former MQTT broker still runs as process %d and is ended", pid)
        with suppress(ProcessLookupError):
            os.kill(pid, how)
        await _gone(folder, settings)


async def _gone(folder: Path, settings: Path) -> None:
    for _ in range(round(END_SECONDS / LOOK_SECONDS)):
        if _former(folder, settings) is None:
            return
        await asyncio.sleep(LOOK_SECONDS)


def _former(folder: Path, settings: Path) -> int | None:
    """The noted process; None when it has ended or its number belongs to another program."""
    try:
        pid = int((folder / _NOTE).read_text())
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    return pid if os.fsencode(settings) in words else None
