"""Look-ups that wait together go in one: a thousand screens that dial at once are one question.

A lone look-up goes at once. Knows nothing of what is looked up.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Generic, TypeVar

FREE, FREE_SECONDS = 8, 5.0
"""So many readings in so many seconds go at once; more of them are a crowd."""

CROWD_SECONDS = 0.1
"""How long each reading of a crowd waits for those that are about to come."""

T = TypeVar("T")


class Together(Generic[T]):
    """Finds values by key. `read` gets all keys asked for meanwhile; what it lacks is None."""

    def __init__(self, read: Callable[[Collection[str]], Awaitable[Mapping[str, T]]]) -> None:
        self._read = read
        self._waiting: dict[str, asyncio.Future[T | None]] = {}
        self._reading: asyncio.Task[None] | None = None
        self._began = 0.0
        self._readings = 0

    async def find(self, key: str) -> T | None:
        """The value of a key, read after this call; raises what reading raises."""
        answer = self._waiting.get(key)
        if answer is None:
            answer = self._waiting[key] = asyncio.get_running_loop().create_future()
        if self._reading is None:
            self._reading = asyncio.create_task(self._read_on())
        return await asyncio.shield(answer)

    async def _read_on(self) -> None:
        try:
            while self._waiting:
                if self._is_crowd(asyncio.get_running_loop().time()):
                    await asyncio.sleep(CROWD_SECONDS)
                asked, self._waiting = self._waiting, {}
                await self._answer(asked)
        finally:
            self._reading = None

    def _is_crowd(self, now: float) -> bool:
        if now - self._began >= FREE_SECONDS:
            self._began, self._readings = now, 0
        self._readings += 1
        return self._readings > FREE

    async def _answer(self, asked: Mapping[str, "asyncio.Future[T | None]"]) -> None:
        try:
            found = await self._read(asked.keys())
        except Exception as error:
            for answer in asked.values():
                answer.set_exception(error)
                # Whoever asked may have left: then nobody takes the exception, and that is fine.
                answer.exception()
            return
        for key, answer in asked.items():
            answer.set_result(found.get(key))
