"""One batch in the writer thread: catch up, decide all that waits, append once.

Knows no event loop. A failed append leaves nothing behind: the tentative shop is dropped.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from board.codec import event_to_entry, mark
from board.core.commands import Command, EraseCar, MergeCars, PartCars
from board.core.events import CarErased, CarsMerged, CarsParted, Event, Fact, MoveUndone
from board.core.history import evolve
from board.core.refusals import Refused
from board.core.roles import Actor
from board.core.rules import decide
from board.core.shop import Shop
from board.indexing import found_alike, indexed_job
from board.journal import Answer, Entry, FormerHolder, Journal, Turn
from board.recall import catch_up, recall_restored

LOG = logging.getLogger(__name__)

# The others make their ids from what they ask, so that several processes ask once.
_CHOOSE_IDS = frozenset({"person", "token"})


Fence = tuple[str, int]
"""A lease and the number under which its holder asks."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A command that waits: what, by whom, under which id; `fence` of one that only the holder
    of a lease may ask for.
    """

    command: Command
    actor: Actor
    command_id: str
    fence: Fence | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """A command that was granted, now or the first time its id was used."""

    seq: int
    repeated: bool = False


class KeyUsed(Exception):
    """This command id already stands for another command; nothing was done."""


Decided = Granted | Refused | Exception


@dataclass(frozen=True, slots=True)
class Batch:
    """What a turn brought: the shop after it, all new facts, one answer per command.

    After a restore `epoch` is another, the shop is recalled anew and only our facts are told.
    """

    epoch: str
    shop: Shop
    facts: tuple[Fact, ...]
    decided: tuple[Decided, ...]

    @property
    def wrote(self) -> bool:
        """Whether anything was written, other than by somebody else."""
        return any(isinstance(one, Granted) and not one.repeated for one in self.decided)


class _Draft:
    """The tentative shop of a turn, with what is to be written."""

    def __init__(
        self, turn: Turn, shop: Shop, known: dict[str, Answer], marking: bytes, now: datetime
    ) -> None:
        self.shop = shop
        self.now = now
        self.facts: list[Fact] = []
        self.entries: list[Entry] = []
        self.answers: dict[str, Answer] = {}
        self._turn = turn
        self._known = known
        self._marking = marking

    def take(self, pending: Pending) -> Decided:
        """Decide one command against the tentative shop."""
        if pending.fence is not None and self._turn.fence(pending.fence[0]) != pending.fence[1]:
            return FormerHolder(pending.fence[0])
        known = self._known.get(pending.command_id) or self.answers.get(pending.command_id)
        chosen = pending.actor.kind in _CHOOSE_IDS
        asked = mark(pending.command, self._marking) if chosen else ""
        if known is not None:
            fits = "" in (known.asked, asked) or known.asked == asked
            return Granted(known.seq, repeated=True) if fits else KeyUsed(pending.command_id)
        try:
            command = self._whole(pending.command)
            outcome = decide(self.shop, command, pending.actor, self.now)
            if isinstance(outcome, Refused):
                return outcome
            self._accept(pending, outcome)
        except Exception as defect:
            LOG.exception("deciding %s failed", type(pending.command).__name__)
            return defect
        self.answers[pending.command_id] = Answer(self.shop.seq, asked)
        return Granted(self.shop.seq)

    def _whole(self, command: Command) -> Command:
        """A car is erased with all its jobs, of which only the journal knows; so are files."""
        if isinstance(command, MergeCars | PartCars):
            return self._of_files(command)
        if not isinstance(command, EraseCar):
            return command
        return replace(command, jobs=self._turn.jobs_of_cars(command.jobs))

    def _of_files(self, command: MergeCars | PartCars) -> Command:
        """With the files' own ids, whatever order or old id they were named by."""
        if isinstance(command, PartCars):
            file = self._turn.car_file(command.car)
            return replace(command, car=file.id if file else "")
        kept, merged = (self._turn.car_file(each) for each in (command.kept, command.merged))
        return MergeCars(
            kept=kept.id if kept else "",
            merged=merged.id if merged else "",
            moved=merged.keys if merged else (),
            order=merged.jobs[-1] if merged else "",
            reason=command.reason,
        )

    def _accept(self, pending: Pending, events: Sequence[Event]) -> None:
        shop, facts = self.shop, []
        for seq, event in enumerate(events, shop.seq + 1):
            fact = Fact(
                seq, self.now, pending.actor.label, pending.command_id, event, pending.actor.via
            )
            shop = evolve(shop, fact)
            facts.append(fact)
        entries = [_entry(fact, pending) for fact in facts]
        self.shop = shop
        self.facts += facts
        self.entries += entries
        for event in events:
            self._regroup(event)

    def _regroup(self, event: Event) -> None:
        """At once: the next command of the batch may be about the same files."""
        if isinstance(event, CarsMerged):
            self._turn.regroup(event.moved, event.kept)
        elif isinstance(event, CarsParted):
            self._turn.regroup(event.moved, event.merged)


def _entry(fact: Fact, pending: Pending) -> Entry:
    kind, version, body = event_to_entry(fact.event)
    return Entry(
        seq=fact.seq,
        at=fact.at,
        actor=fact.by,
        command_id=fact.command_id,
        job_id=_job_of(fact.event),
        kind=kind,
        version=version,
        body=body,
        via=pending.actor.via,
    )


def _job_of(event: Event) -> str | None:
    if isinstance(event, MoveUndone):
        return event.jobs[0]
    return getattr(event, "job", None) or None


def write_batch(
    journal: Journal, epoch: str, shop: Shop, asked: Sequence[Pending], now: datetime
) -> Batch:
    """Take the turn of `shop`, known from the history `epoch`; write what is granted at once.

    Raises JournalUnavailable (nothing is written then).
    """
    with journal.turn(shop.id) as turn:
        caught_up, foreign = _caught_up(journal, turn, epoch, shop)
        known = turn.answers([p.command_id for p in asked])
        draft = _Draft(turn, caught_up, known, journal.marking, now)
        decided = tuple(draft.take(pending) for pending in asked)
        _append(turn, draft, caught_up)
    return Batch(turn.epoch, draft.shop, (*foreign, *draft.facts), decided)


def _caught_up(
    journal: Journal, turn: Turn, epoch: str, shop: Shop
) -> tuple[Shop, tuple[Fact, ...]]:
    if turn.epoch == epoch and turn.head >= shop.seq:
        return catch_up(turn, shop)
    LOG.warning("the history of %s was replaced; it is recalled anew", shop.id)
    return recall_restored(journal, turn, shop), ()


def _append(turn: Turn, draft: _Draft, before: Shop) -> None:
    if not draft.answers:
        return
    turn.append(draft.entries, draft.answers)
    if erased := [fact.event.job for fact in draft.facts if isinstance(fact.event, CarErased)]:
        turn.erase(erased, draft.now)
    touched = {entry.job_id for entry in draft.entries if entry.job_id}
    jobs = [draft.shop.jobs[job] for job in sorted(touched) if job in draft.shop.jobs]
    if jobs:
        alike = {job.id for job in jobs if found_alike(job, before.jobs.get(job.id))}
        seq, was = draft.shop.seq, before.jobs
        turn.index([indexed_job(job, seq, was.get(job.id)) for job in jobs], alike)
