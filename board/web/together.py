"""Look-ups that wait together go in one: a thousand screens that dial at once are one question.

A lone look-up goes at once. Knows nothing of what is looked up.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Generic, TypeVar

FREE, FREE_SECONDS = 8, 5.0
"""So many readings in so many seconds go at once; more of them are a crowd."""

QUIET_SECONDS = 0.02
"""The reading of a crowd begins when for so long nobody has come."""

CROWD_SECONDS = 0.5
"""How long it waits at most for those that are about to come."""

T = TypeVar("T")


class Together(Generic[T]):
    """Finds values by key. `read` gets all keys asked for meanwhile; what it lacks is None."""

    def __init__(self, read: Callable[[Collection[str]], Awaitable[Mapping[str, T]]]) -> None:
        self._read = read
        self._waiting: dict[str, list[asyncio.Future[T | None]]] = {}
        self._reading: asyncio.Task[None] | None = None
        self._began = 0.0
        self._readings = 0

    async def find(self, key: str) -> T | None:
        """The value of a key, read after this call; raises what reading raises."""
        answer: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(key, []).append(answer)
        if self._reading is None:
            self._reading = asyncio.create_task(self._read_on())
        return await answer

    async def _read_on(self) -> None:
        try:
            while self._waiting:
                if self._is_crowd(asyncio.get_running_loop().time()):
                    await self._gathered()
                asked, self._waiting = self._waiting, {}
                await self._answer(asked)
        finally:
            self._reading = None

    def _is_crowd(self, now: float) -> bool:
        if now - self._began >= FREE_SECONDS:
            self._began, self._readings = now, 0
        self._readings += 1
        return self._readings > FREE

    async def _gathered(self) -> None:
        """Return when nobody comes any more, or those that wait have waited long enough."""
        clock = asyncio.get_running_loop().time
        until, before = clock() + CROWD_SECONDS, 0
        while clock() < until and before < len(self._waiting):
            before = len(self._waiting)
            await asyncio.sleep(QUIET_SECONDS)

    async def _answer(self, asked: Mapping[str, "list[asyncio.Future[T | None]]"]) -> None:
        try:
            found = await self._read(asked.keys())
        except Exception as error:
            for answers in asked.values():
                for answer in _awaited(answers):
                    answer.set_exception(error)
            return
        for key, answers in asked.items():
            for answer in _awaited(answers):
                answer.set_result(found.get(key))


def _awaited(answers: "list[asyncio.Future[T | None]]") -> "list[asyncio.Future[T | None]]":
    """Without those whose asker has left."""
    return [answer for answer in answers if not answer.done()]
