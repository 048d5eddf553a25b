"""Codes of waiting screens as people type them: looked up, and wrong ones counted.

A page that renews itself asks for the same code again and again; that is one try.
"""

import asyncio
from dataclasses import dataclass

from board.accounts_screen_codes import plain
from board.accounts_tries import KEPT_SECONDS, TryLimit
from board.web.checks import too_many_codes
from board.web.doors import Doors

_ONCE = TryLimit(1, KEPT_SECONDS)


@dataclass(frozen=True, slots=True)
class ScreenCodes:
    """What the doors and pages of those who approve screens ask of a code."""

    doors: Doors

    async def opened_as(self, typed: str, shop_id: str, who: str) -> str:
        """The audience of the screen that shows this code, '' for no such code, which is counted.

        Stopped (429) where `who` typed too many wrong ones: then none is looked up.
        """
        key, tries = f"screen-code {who}", self.doors.accounts.tries
        limits = {key: self.doors.limits.approve}
        if wait := await asyncio.to_thread(tries.wait, shop_id, limits):
            raise too_many_codes(wait)
        look = self.doors.accounts.requests.audience_of
        found = await asyncio.to_thread(look, typed, shop_id)
        if found is None:
            counted = {**limits, f"{key} {plain(typed)}": _ONCE}
            await asyncio.to_thread(tries.take, shop_id, counted)
        return found or ""

    async def forget(self, shop_id: str, who: str) -> None:
        """Count anew for somebody who approved a screen."""
        keys = (f"screen-code {who}",)
        await asyncio.to_thread(self.doors.accounts.tries.forget, shop_id, keys)
