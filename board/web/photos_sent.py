"""Whether the photos that a command names were sent for its job.

The rules know names only: that a picture stands behind one is asked here, before the desk is.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict

from board.core.commands import Command
from board.core.refusals import Refused
from board.web.doors import Doors


async def photos_fault(doors: Doors, shop_id: str, command: Command) -> Refused | None:
    """None when every photo is there; one of another job is none of this one."""
    names, job = frozenset(_named(asdict(command))), str(getattr(command, "job", ""))

    def are_there() -> bool:
        return all(doors.has_photo(shop_id, job, name) for name in names)

    if not names or await asyncio.to_thread(are_there):
        return None
    return Refused("photo_wrong", fields=("photos",), job=job)


def _named(value: object) -> Iterator[str]:
    """The names under any field that holds photos, however deep."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from part if key == "photos" else _named(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _named(part)
