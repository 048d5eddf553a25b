"""Which device speaks under which name, kept in a file of the data folder: a device that goes on
speaking while we restart tells nobody anew who it is.

What a bridge names is not kept: bridges list their devices to whoever begins to listen.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from devices.identity import MOST_NAMES, Names
from devices.ids import STABLE_ID
from devices.listed import write_ours

LOG = logging.getLogger(__name__)
WRITE_SECONDS = 5.0
LARGEST_FILE = 1024 * 1024


def read_names(file: Path) -> Names:
    """The names of the file; one that cannot be read is as good as none."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            return Names()
        told = json.loads(file.read_bytes())
        pairs = [(str(name), str(device)) for name, device in told.items()][:MOST_NAMES]
    except FileNotFoundError:
        return Names()
    except (OSError, ValueError, RecursionError, AttributeError) as fault:
        LOG.warning("%s cannot be read: devices have to say anew who they are (%s)", file, fault)
        return Names()
    return Names({("", name): device for name, device in pairs if STABLE_ID.match(device)})


async def keep_names(file: Path, names: Callable[[], Names]) -> None:
    """Write them within seconds whenever one is new, and at the end."""
    last = _text(names())
    try:
        while True:
            await asyncio.sleep(WRITE_SECONDS)
            last = await asyncio.to_thread(_written, file, _text(names()), last)
    finally:
        _written(file, _text(names()), last)


def _written(file: Path, text: str, last: str) -> str:
    if text != last:
        with suppress(OSError):
            write_ours(file, text)
            return text
    return last


def _text(names: Names) -> str:
    return json.dumps({name: device for (bridge, name), device in names.ids.items() if not bridge})
