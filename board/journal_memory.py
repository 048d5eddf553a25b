"""The journal in memory, for tests and trials: the same promises, but nothing outlives it."""

import json
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock

from board.codec import EVENTS
from board.core.personal import ERASED
from board.journal import (
    Answer,
    CarFile,
    CarReturned,
    CommandRepeated,
    Entry,
    Sealed,
    Snapshot,
    Turn,
    body_text,
    require_next,
)
from board.leaves import Leaves, taken
from board.search import IndexedJob
from board.search_memory import MemoryJobIndex


@dataclass(slots=True)
class _ShopLog:
    lock: Lock = field(default_factory=Lock)
    entries: list[Entry] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    snapshot: Snapshot | None = None
    merged: dict[str, str] = field(default_factory=dict)


class MemoryTurn:
    """The Turn of a process: holds what was written aside until the turn is over."""

    def __init__(self, log: _ShopLog, epoch: str, fences: Mapping[str, int]) -> None:
        self._log = log
        self.fences = fences
        self.epoch = epoch
        self.entries: list[Entry] = []
        self.given: dict[str, Answer] = {}
        self.rows: list[IndexedJob] = []
        self.merged = log.merged
        self.erased: set[str] = set()
        self.lost: Exception | None = None

    @property
    def head(self) -> int:
        """Return the number of the last entry, those appended in this turn included."""
        return len(self._log.entries) + len(self.entries)

    def read(self, after: int) -> list[Entry]:
        """Return every entry with a greater number, in order."""
        return (self._log.entries + self.entries)[max(after, 0) :]

    def answers(self, command_ids: Collection[str]) -> dict[str, Answer]:
        """Return the first answers of those command ids that have one."""
        known = self._log.answers | self.given
        return {each: known[each] for each in command_ids if each in known}

    def append(self, entries: Sequence[Entry], answers: Mapping[str, Answer]) -> None:
        """Write all entries and answers, or none; kept once the turn ends without an exception."""
        require_next(self.head, entries)
        kept = [_as_kept(entry) for entry in entries]
        repeated = self.answers(answers.keys())
        if repeated:
            self.lost = CommandRepeated(", ".join(repeated))
            raise self.lost
        self.entries.extend(kept)
        self.given.update(answers)

    def fence(self, lease: str) -> int:
        """Return the fencing number of a lease's last holder, 0 if it had none."""
        return self.fences.get(lease, 0)

    def index(self, rows: Sequence[IndexedJob], alike: Collection[str] = ()) -> None:
        """Note these jobs for search, together with what this turn appends."""
        self.rows.extend(rows)

    def jobs_of_cars(self, job_ids: Collection[str]) -> tuple[str, ...]:
        """Return every job of the cars of these jobs, of those that are known and not erased."""
        files = {file.id for job in job_ids if (file := self.car_file(job)) is not None}
        found = (self.car_file(file_id) for file_id in files)
        return tuple(sorted(job for file in found if file for job in file.jobs))

    def car_file(self, any_id: str) -> CarFile | None:
        """Return the file of an order, called by the first order of its first car."""
        key = min(self._of_car((any_id,)), default="")
        file_id = self.merged.get(key, key)
        keys = {file_id, *(k for k, file in self.merged.items() if file == file_id)}
        jobs = self._of_car(tuple(keys))
        return CarFile(file_id, tuple(sorted(keys)), jobs) if jobs else None

    def regroup(self, moved: Collection[str], file_id: str) -> None:
        """Make these cars part of that file."""
        kept = {key: file for key, file in self.merged.items() if key not in moved}
        self.merged = kept | {key: file_id for key in moved if key != file_id}

    def refile(self, files: Mapping[str, str]) -> None:
        """Forget every merger of the shop for these, of cars that are not erased."""
        self.merged = {key: file for key, file in files.items() if self._of_car((key,))}

    def _of_car(self, job_ids: Collection[str]) -> tuple[str, ...]:
        """The jobs of the cars that are called as those of these jobs are."""
        called: dict[str, set[tuple[str, object]]] = {}
        for entry in self._log.entries + self.entries:
            if entry.job_id is not None:
                called.setdefault(entry.job_id, set()).update(_names(entry))
        wanted_names = {name for job in job_ids for name in called.get(job, ())}
        gone = {each.job_id for each in self._log.entries if each.kind == "car_erased"}
        found = {job for job, names in called.items() if job in job_ids or names & wanted_names}
        return tuple(sorted(found - gone))

    def erase(self, job_ids: Collection[str], at: datetime) -> None:
        """Destroy what is known of the cars of these jobs, once the turn has ended."""
        if not set(self.jobs_of_cars(job_ids)) <= set(job_ids):
            self.lost = CarReturned(", ".join(job_ids))
            raise self.lost
        self.erased.update(job_ids)


class MemorySeals:
    """The Seals of a process: memory is not looked into, so nothing is hidden but what is gone."""

    def __init__(self) -> None:
        self.erased: set[tuple[str, str]] = set()

    def seal(self, shop_id: str, leaves: Mapping[str, Leaves], about: str) -> Mapping[str, Sealed]:
        """Return them as they are."""
        return leaves

    def open(self, shop_id: str, sealed: Mapping[str, Sealed], about: str) -> Mapping[str, Leaves]:
        """Return them as they are, but for those of jobs that were erased."""
        return {job: kept for job, kept in sealed.items() if (shop_id, job) not in self.erased}


class MemoryJournal:
    """The Journal of a process."""

    def __init__(self) -> None:
        self.epoch = secrets.token_hex(8)
        self.marking = secrets.token_bytes(32)
        self.jobs = MemoryJobIndex()
        self.seals = MemorySeals()
        self.fences: dict[str, int] = {}
        self._logs: dict[str, _ShopLog] = {}

    @contextmanager
    def turn(self, shop_id: str) -> Iterator[Turn]:
        """Give the exclusive turn: what it wrote is kept on normal exit, gone on exception."""
        log = self._logs.setdefault(shop_id, _ShopLog())
        with log.lock:
            turn = MemoryTurn(log, self.epoch, self.fences)
            yield turn
            if turn.lost is not None:
                raise turn.lost
            log.entries.extend(turn.entries)
            if turn.erased:
                log.entries[:] = [_bare(entry, turn.erased) for entry in log.entries]
                self.jobs.drop(shop_id, turn.erased)
                self.seals.erased.update((shop_id, job) for job in turn.erased)
            log.answers.update(turn.given)
            log.merged = turn.merged
            self.jobs.note(shop_id, turn.rows)

    def head(self, shop_id: str) -> int:
        """Return the number of the shop's last entry, 0 when it has none."""
        return len(self._log(shop_id).entries)

    def place(self, shop_id: str) -> tuple[str, int]:
        """Return epoch and head as of one moment."""
        return self.epoch, self.head(shop_id)

    def read(self, shop_id: str, after: int, limit: int = 1000) -> list[Entry]:
        """Return at most `limit` entries with a greater number, in order."""
        first = max(after, 0)
        return self._log(shop_id).entries[first : first + limit]

    def history(self, shop_id: str, job_id: str) -> list[Entry]:
        """Return every entry of one job, in order."""
        return [entry for entry in list(self._log(shop_id).entries) if entry.job_id == job_id]

    def car_file(self, shop_id: str, any_id: str) -> CarFile | None:
        """Return the file called so, or that of an order; None when there is none any more."""
        return MemoryTurn(self._log(shop_id), self.epoch, self.fences).car_file(any_id)

    def shop_ids(self) -> list[str]:
        """Return the shops that have entries, sorted."""
        return sorted(shop_id for shop_id, log in list(self._logs.items()) if log.entries)

    def save_snapshot(self, shop_id: str, snapshot: Snapshot, epoch: str) -> None:
        """Keep this snapshot of the history `epoch` unless a later one is kept already."""
        if epoch != self.epoch:
            return
        log = self._logs.setdefault(shop_id, _ShopLog())
        if log.snapshot is None or log.snapshot.seq <= snapshot.seq:
            log.snapshot = snapshot

    def latest_snapshot(self, shop_id: str) -> Snapshot | None:
        """Return the snapshot with the greatest number, if there is one."""
        return self._log(shop_id).snapshot

    def writable(self) -> None:
        """Do nothing: memory can always be written."""

    def close(self) -> None:
        """Do nothing: there are no connections."""

    def _log(self, shop_id: str) -> _ShopLog:
        return self._logs.get(shop_id) or _ShopLog()


def _as_kept(entry: Entry) -> Entry:
    # Through the text a database would keep, so that what it refuses is refused here too.
    return replace(entry, body=json.loads(body_text(entry.body)), at=entry.at.astimezone(UTC))


def _names(entry: Entry) -> set[tuple[str, object]]:
    car = entry.body.get("car")
    named = ((kind, car.get(kind)) for kind in ("plate", "vin")) if isinstance(car, dict) else ()
    return {(kind, name) for kind, name in named if name not in ("", None, ERASED)}


def _bare(entry: Entry, erased: Collection[str]) -> Entry:
    if entry.job_id not in erased:
        return entry
    bare, _ = taken(EVENTS.get(entry.kind), entry.body)
    return replace(entry, body=bare) if isinstance(bare, dict) else entry
