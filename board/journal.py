"""What a journal is: entries with a number given by the writer, and a turn in which to write them.

Knows nothing of databases and nothing of what an entry means.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from board.leaves import Leaves
from board.search import IndexedJob, JobIndex

Sealed = Mapping[str, str]
"""Personal values as they are kept: `key` says under which key, `text` is sealed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as the journal keeps it; `seq` counts from 1 within its shop, without gaps."""

    seq: int
    at: datetime
    actor: str
    command_id: str
    job_id: str | None
    kind: str
    version: int
    body: dict[str, object]
    via: str

    def __post_init__(self) -> None:
        """Refuse a time without zone with ValueError: it could not be ordered later."""
        if self.at.tzinfo is None:
            raise ValueError(f"a time without zone: {self.at}")


@dataclass(frozen=True, slots=True)
class Answer:
    """The first result of a command id: the journal's position after it.

    `asked` marks the command that was asked for; '' fits any.
    """

    seq: int
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A shop folded up to and including `seq`; `version` is the form of `body`."""

    seq: int
    version: int
    body: bytes


@dataclass(frozen=True, slots=True)
class CarFile:
    """All orders of one car: the file's id, the ids of its keys, and its orders, sorted."""

    id: str
    keys: tuple[str, ...]
    jobs: tuple[str, ...]


class JournalMoved(Exception):
    """The entries do not start right after the head: somebody wrote in between."""


class CommandRepeated(Exception):
    """An answer to this command id is already kept; the turn is lost and must be left."""


class CarReturned(Exception):
    """The car has another job than those that were to be erased; the turn is lost."""


class JournalUnavailable(Exception):
    """The database cannot be used now; `sentence` tells a person what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class FormerHolder(JournalUnavailable):
    """Another process has taken over what this one was entitled to; nothing was written."""

    def __init__(self, lease: str) -> None:
        super().__init__(f"Another process has taken over: {lease}.")


class Turn(Protocol):
    """The writer's exclusive turn at one shop's journal; belongs to one thread."""

    @property
    def epoch(self) -> str:
        """Return the name of the history this turn is in."""

    @property
    def head(self) -> int:
        """Return the number of the last entry, those appended in this turn included."""

    def read(self, after: int) -> list[Entry]:
        """Return every entry with a greater number, in order."""

    def answers(self, command_ids: Collection[str]) -> dict[str, Answer]:
        """Return the first answers of those command ids that have one."""

    def append(self, entries: Sequence[Entry], answers: Mapping[str, Answer]) -> None:
        """Write all entries and answers, or none; kept once the turn ends without an exception.

        Raises JournalMoved unless the numbers are head + 1, head + 2 …, CommandRepeated for an id
        already answered, ValueError for a body that is not JSON.
        """

    def fence(self, lease: str) -> int:
        """Return the fencing number of a lease's last holder, 0 if it had none.

        It stays the same until the turn ends.
        """

    def index(self, rows: Sequence[IndexedJob], alike: Collection[str] = ()) -> None:
        """Note these jobs for search, together with what this turn appends.

        Of the jobs in `alike` only state and times have changed since they were noted.
        """

    def jobs_of_cars(self, job_ids: Collection[str]) -> tuple[str, ...]:
        """Return every job of the cars of these jobs, of those that are known."""

    def car_file(self, any_id: str) -> CarFile | None:
        """Return the file called so, or that of an order; None when there is none any more."""

    def regroup(self, moved: Collection[str], file_id: str) -> None:
        """Make these keys part of that file; nothing else follows them."""

    def refile(self, files: Mapping[str, str]) -> None:
        """Forget every merger of the shop for these: key to file; erased keys are left out."""

    def erase(self, job_ids: Collection[str], at: datetime) -> None:
        """Destroy what is known of the cars of these jobs, together with what is appended.

        Raises CarReturned when one of the cars has a job beside these.
        """


class Seals(Protocol):
    """Seals what is personal in jobs outside of entries; may raise JournalUnavailable."""

    def seal(self, shop_id: str, leaves: Mapping[str, Leaves], about: str) -> Mapping[str, Sealed]:
        """Seal personal values by job, each under the key of its car."""

    def open(self, shop_id: str, sealed: Mapping[str, Sealed], about: str) -> Mapping[str, Leaves]:
        """Open what was sealed by job; nothing comes back of a car that was erased."""


class Journal(Protocol):
    """The journals of all shops; every call may raise JournalUnavailable."""

    @property
    def epoch(self) -> str:
        """Return the name of the history as of now: random when made, another after a restore."""

    @property
    def jobs(self) -> JobIndex:
        """Return the index of every job ever seen."""

    @property
    def seals(self) -> Seals:
        """Return what seals jobs for a snapshot."""

    @property
    def marking(self) -> bytes:
        """Return the key under which a command id notes what was asked."""

    def turn(self, shop_id: str) -> AbstractContextManager[Turn]:
        """Give the exclusive turn: what it wrote is on disk on normal exit, gone on exception."""

    def head(self, shop_id: str) -> int:
        """Return the number of the shop's last entry, 0 when it has none."""

    def place(self, shop_id: str) -> tuple[str, int]:
        """Return epoch and head as of one moment."""

    def read(self, shop_id: str, after: int, limit: int = 1000) -> list[Entry]:
        """Return at most `limit` entries with a greater number, in order."""

    def history(self, shop_id: str, job_id: str) -> list[Entry]:
        """Return every entry of one job, in order."""

    def car_file(self, shop_id: str, any_id: str) -> CarFile | None:
        """Return the file called so, or that of an order; None when there is none any more."""

    def shop_ids(self) -> list[str]:
        """Return the shops that have entries, sorted."""

    def save_snapshot(self, shop_id: str, snapshot: Snapshot, epoch: str) -> None:
        """Keep this snapshot of the history `epoch` unless a later one is kept already.

        One of another history than the present is dropped: it would be taken for the truth.
        """

    def latest_snapshot(self, shop_id: str) -> Snapshot | None:
        """Return the snapshot with the greatest number, if there is one."""

    def writable(self) -> None:
        """Write and forget something; raises JournalUnavailable when that fails."""

    def close(self) -> None:
        """Give back every connection."""


def body_text(body: object) -> str:
    """Return the body as every journal keeps it.

    Raises ValueError for what JSON or UTF-8 cannot carry (NaN, half a surrogate pair, a set): it
    is refused when written, because nobody could read it again.
    """
    try:
        text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except TypeError as error:
        raise ValueError(f"a body must be JSON: {error}") from error
    text.encode()
    return text


def require_next(head: int, entries: Sequence[Entry]) -> None:
    """Raise JournalMoved unless the entries are numbered head + 1, head + 2 …"""
    for expected, entry in enumerate(entries, start=head + 1):
        if entry.seq != expected:
            raise JournalMoved(f"entry {entry.seq} cannot follow {expected - 1}")
