"""What the pages of screens read: those of the shop, their reports, who shows a code."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from board.accounts_screen_codes import Screen
from board.web.doors import Doors


@dataclass(frozen=True, slots=True)
class ScreensLookedUp:
    """Reads in a thread; never writes. `build` names what pages are made of now."""

    doors: Doors
    build: str

    async def of_shop(self, shop_id: str) -> Sequence[Screen]:
        """The paired screens of a shop."""
        return await asyncio.to_thread(self.doors.accounts.screens.of_shop, shop_id)

    async def reports(self, shop_id: str) -> Mapping[str, tuple[timedelta, str]]:
        """By screen id how long ago it said something of itself, and what."""
        kept = await asyncio.to_thread(self.doors.accounts.reports.of_shop, shop_id)
        now = self.doors.clock()
        return {key: (now - report.at, report.body) for key, report in kept.items()}

    async def waiting(self, typed: str, who: str) -> str | None:
        """The audience of the screen that shows this code; None for no such code.

        Wrong ones of `who` are counted like those that are approved; after too many, none is right.
        """
        tries, at = self.doors.limits.approve, self.doors.clock().timestamp()
        if tries.wait(who, at):
            return None
        found = await asyncio.to_thread(self.doors.accounts.requests.audience_of, typed)
        if found is None:
            tries.take(who, at)
        return found

    def languages(self) -> Sequence[str]:
        """The languages that a screen can have."""
        return self.doors.languages.available
