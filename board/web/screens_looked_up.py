"""What the pages of screens read: those of the shop, their reports, who shows a code."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from board.accounts_screen_codes import Screen
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.screens_codes import ScreenCodes


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

    async def waiting(self, typed: str, shop_id: str, who: str) -> tuple[str, int]:
        """The audience of the screen that shows this code, '' for none, and minutes to wait.

        Wrong ones of `who` are counted with those that were to be approved; after too many nothing
        is looked up for some minutes.
        """
        try:
            return await ScreenCodes(self.doors).opened_as(typed, shop_id, who), 0
        except Stopped as stopped:
            return "", int(str(stopped.params["minutes"]))

    def rate(self) -> float:
        """How fast the shop's clock runs against real time."""
        simulated = self.doors.simulated()
        return float(str(simulated["rate"])) if simulated else 1.0

    def is_https_broken(self) -> bool:
        """Whether the certificate for https cannot be used."""
        return "https" in self.doors.degraded()

    def languages(self) -> Sequence[str]:
        """The languages that a screen can have."""
        return self.doors.languages.available
