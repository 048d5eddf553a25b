"""The index of jobs in memory, for tests and trials: the same promises, but nothing outlives it."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from board.core.hold_times import HoldSpell, Stretch, Waited, waited
from board.search import IndexedJob, as_kept, matches, wanted

_NOT_YET = datetime.max.replace(tzinfo=UTC)


class MemoryJobIndex:
    """The JobIndex of a process."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, IndexedJob]] = {}
        self._holds: dict[str, dict[str, tuple[HoldSpell, ...]]] = {}

    def note(self, shop_id: str, rows: Sequence[IndexedJob]) -> None:
        """Keep these rows; a row older (by seq) than the one kept changes nothing."""
        kept = self._rows.setdefault(shop_id, {})
        holds = self._holds.setdefault(shop_id, {})
        for job in rows:
            if job.holds is not None:
                holds[job.job_id] = job.holds
            if job.job_id not in kept or kept[job.job_id].seq <= job.seq:
                kept[job.job_id] = as_kept(job)

    def find(self, shop_id: str, query: str, limit: int = 20) -> list[IndexedJob]:
        """Return the jobs the query matches, newest arrival first, not yet arrived before all."""
        want = wanted(query)
        if want is None:
            return []
        found = [job for job in list(self._rows.get(shop_id, {}).values()) if matches(job, want)]
        found.sort(key=lambda job: (job.arrived_at or _NOT_YET, job.job_id), reverse=True)
        return found[:limit]

    def waits(self, shop_id: str, within: Stretch) -> list[Waited]:
        """Return what cars waited for in a stretch of time, the longest wait first."""
        holds = list(self._holds.get(shop_id, {}).items())
        return waited(((job, spell) for job, spells in holds for spell in spells), within)

    def clear(self, shop_id: str) -> None:
        """Forget the shop's rows, to note them again from the journal."""
        self._rows.pop(shop_id, None)
        self._holds.pop(shop_id, None)

    def drop(self, shop_id: str, job_ids: Collection[str]) -> None:
        """Forget these jobs, because they were erased."""
        kept = self._rows.get(shop_id, {})
        for job_id in job_ids:
            kept.pop(job_id, None)
