"""Deletes, now and then, the photos that nothing leads to: unnamed, or of a car that was erased."""

import asyncio
import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial

from board.journal import Journal
from board.photos import Photos, names_in

LOG = logging.getLogger(__name__)
PAUSE_SECONDS = 3600.0


@dataclass(frozen=True)
class PhotoSweeping:
    """Sweeps the photos of these shops; several processes of one folder may do so at once."""

    photos: Photos
    journal: Journal
    shops: Iterable[str]

    async def run(self, pause_seconds: float = PAUSE_SECONDS) -> None:
        """Until cancelled: sweep, pause."""
        while True:
            for shop_id in self.shops:
                try:
                    await asyncio.to_thread(self.sweep, shop_id)
                except Exception:
                    LOG.exception("the photos of %s could not be swept", shop_id)
            await asyncio.sleep(pause_seconds)

    def sweep(self, shop_id: str) -> int:
        """Sweep once; returns how many photos went. Raises JournalUnavailable."""
        gone = self.photos.sweep(shop_id, partial(self._named, shop_id))
        if gone:
            LOG.info("%d photos of %s went: nothing leads to them", gone, shop_id)
        return gone

    def _named(self, shop_id: str, job_id: str) -> Collection[str]:
        bodies = [entry.body for entry in self.journal.history(shop_id, job_id)]
        return frozenset(names_in(bodies))
