"""What was asked of a shop and what it answered, to be held against its journal afterwards."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count

from sqlalchemy import Connection, text

from tests.e2e.running import RunningShop
from tests.servers.fair_clock import fair_seconds

UNAVAILABLE = 503
GRANTED = 200
BUSY = 429
MARKS = frozenset(
    {
        "job_opened",
        "job_described",
        "flags_changed",
        "promise_made",
        "job_dispatched",
        "line_started",
    }
)
"""Events that a command of `deeds.py` has once, whatever else it does."""
REFUSED = frozenset({404, 409, 422})
ASKERS = 6


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that was not kept: "stale", "lost", "doubled", "looked on" or "left over"."""

    kind: str
    text: str


@dataclass
class Asked:
    """One command under its key, and every answer to it: the journal's number, 0 for a refusal.

    `excused` when a restore took it away: it may be there or not, but never twice.
    """

    key: str
    name: str
    body: dict[str, object]
    sent: int = 0
    excused: bool = False
    answers: list[int] = field(default_factory=list)


class Ledger:
    """Asks without waiting for the answer, as many people do at once."""

    def __init__(self, run: str) -> None:
        self.asked: list[Asked] = []
        self.faults: list[Broken] = []
        self._run = run
        self._numbers = count(1)
        self._pool = ThreadPoolExecutor(ASKERS)
        self._open: list[Future[None]] = []

    def ask(self, shop: RunningShop, name: str, body: dict[str, object]) -> None:
        """Ask for a command under a new key."""
        asked = Asked(f"{self._run}-{next(self._numbers)}", name, body)
        self.asked.append(asked)
        self.again(shop, asked)

    def again(self, shop: RunningShop, asked: Asked) -> None:
        """Ask for the same command under the same key."""
        asked.sent += 1
        self._open.append(self._pool.submit(self._send, shop, asked))

    def _send(self, shop: RunningShop, asked: Asked) -> None:
        try:
            status, answer = shop.attempt_once(asked.key, asked.name, asked.body)
        except (OSError, HTTPException, ValueError):
            return
        if status in (UNAVAILABLE, BUSY):
            return
        if status != GRANTED and status not in REFUSED:
            self.faults.append(Broken("lost", f"{asked.name} got {status}: {answer}"))
        asked.answers.append(int(answer["seq"]) if status == GRANTED else 0)

    def excuse(self) -> None:
        """A restore has gone back behind all that was asked so far."""
        for asked in self.asked:
            asked.excused = True

    def settle(self, shops: Sequence[RunningShop], seconds: float) -> None:
        """Wait for every answer; what got none is asked again, as a program with a key does."""
        deadline = fair_seconds() + seconds
        for each in self._open:
            each.result(20)
        self._open = []
        for asked in self.asked:
            for number in count():
                if asked.answers:
                    break
                if fair_seconds() > deadline:
                    self.faults.append(Broken("lost", f"{asked.name} gets no answer"))
                    return
                self._retry(shops[number % len(shops)], asked)

    def _retry(self, shop: RunningShop, asked: Asked) -> None:
        asked.sent += 1
        self._send(shop, asked)
        asked.excused = asked.excused and not asked.answers

    def close(self) -> None:
        """Ask no more."""
        self._pool.shutdown(cancel_futures=True)


_ANSWERED = text("SELECT command_id, seq FROM commands WHERE seq >= :after")
_WRITTEN = text("SELECT command_id, seq, kind FROM events WHERE seq > :after ORDER BY seq")


def broken_promises(connection: Connection, after: int, asked: Sequence[Asked]) -> list[Broken]:
    """What the journal has lost, doubled or torn of what was asked, in its entries above `after`.

    An acknowledged command stands there once, a refused one never, and its events side by side.
    """
    answered = [(row[0], row[1]) for row in connection.execute(_ANSWERED, {"after": after})]
    rows = [tuple(row) for row in connection.execute(_WRITTEN, {"after": after})]
    entries = [(command_id, seq) for command_id, seq, _ in rows]
    seqs = [seq for _, seq in entries]
    gapless = seqs == list(range(after + 1, after + 1 + len(seqs)))
    faults = [] if gapless else [Broken("lost", f"there are gaps in {seqs}")]
    by_command: dict[str, list[int]] = {}
    for command_id, seq in entries:
        by_command.setdefault(command_id, []).append(seq)
    for command_id, own in by_command.items():
        if own != list(range(own[0], own[0] + len(own))):
            faults.append(Broken("doubled", f"{command_id} was applied at {own}"))
    faults += _done_twice(rows)
    for each in asked:
        faults += _broken(each, [seq for key, seq in answered if key.endswith(f":{each.key}")])
    return faults


def _done_twice(rows: Sequence[Sequence[object]]) -> list[Broken]:
    """What two processes did side by side under one key, also where one answer was kept."""
    effects = Counter((row[0], row[2]) for row in rows if row[2] in MARKS)
    return [
        Broken("doubled", f"{command_id} did {kind} {times} times")
        for (command_id, kind), times in effects.items()
        if times > 1
    ]


def _broken(asked: Asked, seqs: list[int]) -> list[Broken]:
    if len(seqs) > 1:
        return [Broken("doubled", f"{asked.key} is in the journal at {seqs}")]
    granted = {seq for seq in asked.answers if seq}
    if asked.excused:
        return []
    if granted and granted != set(seqs):
        return [Broken("lost", f"{asked.key} was granted at {granted}, the journal has {seqs}")]
    if not granted and seqs and asked.sent == 1:
        return [Broken("doubled", f"{asked.key} was refused, the journal has {seqs}")]
    return []
