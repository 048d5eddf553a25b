"""Rows by device in a file of the data folder: read at the start, written now and then and at the
end. Knows nothing of what they mean.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from devices.listed import write_ours

T = TypeVar("T")
LOG = logging.getLogger(__name__)
WRITE_SECONDS = 600.0
LARGEST_FILE = 4 * 1024 * 1024


def read_rows(file: Path, meaning: Callable[[Sequence[object]], T], what: str) -> Mapping[str, T]:
    """What the file has; one that cannot be read is as good as none: `what` begin anew."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            return {}
        return {device: meaning(row) for device, row in json.loads(file.read_bytes()).items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError, LookupError) as fault:
        LOG.warning("%s cannot be read: %s begin anew (%s)", file.name, what, fault)
        return {}


async def keep_rows(file: Path, rows: Callable[[], Mapping[str, Sequence[object]]]) -> None:
    """Write them every ten minutes if they have changed, and at the end."""
    last = json.dumps(rows())
    try:
        while True:
            await asyncio.sleep(WRITE_SECONDS)
            last = await asyncio.to_thread(_written, file, json.dumps(rows()), last)
    finally:
        _written(file, json.dumps(rows()), last)


def _written(file: Path, text: str, last: str) -> str:
    if text != last:
        with suppress(OSError):
            write_ours(file, text)
            return text
    return last
