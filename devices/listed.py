"""The inbox in a file of the data folder, written anew while the sensors run."""

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

LOG = logging.getLogger(__name__)
WRITE_SECONDS = 5.0


async def keep_listed(file: Path, text: Callable[[], str]) -> None:
    """Write the text whenever it has changed, until cancelled; then nothing is listed any more."""
    last = ""
    try:
        while True:
            now = text()
            if now != last:
                last = now
                try:
                    await asyncio.to_thread(write_ours, file, now)
                except OSError as fault:
                    LOG.warning("the inbox cannot be written: %s", fault)
            await asyncio.sleep(WRITE_SECONDS)
    finally:
        _drop(file)


def _drop(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)


def write_ours(file: Path, text: str) -> None:
    """Whole or not at all; nobody else may read it."""
    fresh = file.with_suffix(".new")
    with open(fresh, "w", encoding="utf-8", opener=_ours) as target:
        target.write(text)
    fresh.replace(file)


def _ours(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
