"""The small indexes over a shop's jobs: which one stands in a bay, which ones are given to it."""

from collections.abc import Mapping

from board.core.job import Job


def placed_after(index: Mapping[str, str], old: Job | None, new: Job) -> Mapping[str, str]:
    """Jobs by the bay their cars stand in, once `new` is in the place of `old`."""
    before = old.in_bay if old else ""
    if before == new.in_bay:
        return index
    kept = {bay: job for bay, job in index.items() if job != new.id}
    return {**kept, new.in_bay: new.id} if new.in_bay else kept


def _bay_of(job: Job | None) -> str:
    return "" if job is None or job.is_closed else job.bay


def allocated_after(
    index: Mapping[str, frozenset[str]], old: Job | None, new: Job
) -> Mapping[str, frozenset[str]]:
    """Open jobs by the bay they are given to, once `new` is in the place of `old`."""
    before, after = _bay_of(old), _bay_of(new)
    if before == after:
        return index
    changed = dict(index)
    if before:
        changed[before] = changed[before] - {new.id}
    if after:
        changed[after] = changed.get(after, frozenset()) | {new.id}
    return {bay: jobs for bay, jobs in changed.items() if jobs}
