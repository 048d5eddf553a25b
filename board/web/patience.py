"""How long a door waits for the database before it says so: a server that hangs answers nobody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from board.journal import JournalUnavailable

ANSWER_SECONDS = 10.0
"""Longer than a locked database is waited for. What was asked for may still be done later: asked
again under the same id it is done once."""


@asynccontextmanager
async def not_for_ever(seconds: float = ANSWER_SECONDS) -> AsyncIterator[None]:
    """What is awaited inside is left alone after so many seconds; raises JournalUnavailable."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise JournalUnavailable("The database does not answer; please try again.") from None
