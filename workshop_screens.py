"""What follows for paired screens: orders from the journal reach them, their reports are kept.

A part of the wiring; knows nothing of how the parts are made.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from board.accounts_screen_reports import KeptReport, ScreenReports
from board.core.events import AccessChanged, Fact
from board.core.shop import Shop
from board.screen_orders import CHANGED, ORDERS
from board.web.access import Access
from displays.fleet import KeptScreen
from displays.hub import Hub

LOG = logging.getLogger("baylight")
KEEP_SECONDS = 2.0

STALE_ORDER = timedelta(minutes=10)
"""An order heard of later than this, on the shop's clock, is no longer meant."""


def follow_orders(
    hub: Hub, access: Access, shop: Shop, facts: Sequence[Fact], now: datetime
) -> None:
    """Tell this process's screens what the journal says somebody asked of them."""
    for fact in facts:
        event = fact.event
        if not isinstance(event, AccessChanged) or event.what not in ORDERS:
            continue
        if event.what == CHANGED:
            # What is known here of its session is of before.
            access.forget()
        if event.what == CHANGED or now - fact.at < STALE_ORDER:
            hub.tell(shop.id, event.subject, ORDERS[event.what])


class ReportKeeping:
    """Writes what this process's screens report where every process can read it."""

    def __init__(self, hub: Hub, reports: ScreenReports, real_now: Callable[[], datetime]) -> None:
        self._hub = hub
        self._reports = reports
        self._real_now = real_now
        self._kept_until = float("-inf")

    async def run(self) -> None:
        """Keep what is new, every few seconds, until cancelled; what fails is tried again."""
        while True:
            await asyncio.sleep(KEEP_SECONDS)
            try:
                await self.keep()
            except Exception:
                LOG.exception("what screens report could not be kept")

    async def keep(self) -> int:
        """Keep what came since the last time, in one go; how many reports that were."""
        began, now = asyncio.get_running_loop().time(), self._real_now()
        fresh: dict[tuple[str, str], KeptReport] = {}
        for screen in self._hub.screens():
            heard = screen.heard
            if heard is None or not screen.account or heard.loop_time <= self._kept_until:
                continue
            at = now - timedelta(seconds=began - heard.loop_time)
            kept = KeptScreen.of(heard.report, heard.agrees, at, self._hub.boot)
            body = msgspec.json.encode(kept).decode()
            fresh[screen.variant.shop, screen.account] = KeptReport(at, body)
        if fresh:
            await asyncio.to_thread(self._reports.keep, fresh)
        self._kept_until = began
        return len(fresh)
