"""The journal in SQLite or PostgreSQL: the journal's only SQL, one code path for both.

The number of an entry is given by the writer, who holds the shop's head row while it writes.
What is personal is sealed on its way in and opened on its way out.
"""

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine, Select, Table, func, select, update
from sqlalchemy.exc import IntegrityError

from board.car_files import FilesWithin, car_file
from board.car_keys import CarKeys, require_secret
from board.codec import wire_name
from board.core.events import CarErased
from board.database import epoch, insert_missing, reading, upsert, writing
from board.erasing import destroy, purge
from board.journal import (
    Answer,
    CarFile,
    CommandRepeated,
    Entry,
    JournalMoved,
    Snapshot,
    Turn,
    require_next,
)
from board.journal_rows import entries_of, row_of
from board.journal_statements import ADVANCE, ANSWERS, EPOCH, HEAD, INSERTS, entries_after, locked
from board.lease import fence_of
from board.seals import SqlSeals
from board.search import IndexedJob
from board.search_holds import note_holds
from board.search_sql import SqlJobIndex, restate
from board.secret import NO_SECRET
from board.tables import commands, events, heads, meta, snapshots

_ERASED = wire_name(CarErased)


class SqlTurn(FilesWithin):
    """The Turn of a database: one open transaction that holds the shop's head row."""

    def __init__(
        self, connection: Connection, shop_id: str, jobs: SqlJobIndex, keys: CarKeys
    ) -> None:
        self._connection = connection
        self._shop_id = shop_id
        self._jobs = jobs
        self.epoch, self._head = locked(connection, shop_id)
        self.keys = keys
        keys.enter(self.epoch)
        self.hand = keys.at(connection, shop_id)
        self.lost: Exception | None = None
        self.erased = False

    @property
    def head(self) -> int:
        """Return the number of the last entry, those appended in this turn included."""
        return self._head

    def read(self, after: int) -> list[Entry]:
        """Return every entry with a greater number, in order."""
        rows = self._connection.execute(entries_after(self._shop_id, after)).all()
        if any(row.kind == _ERASED for row in rows):
            self.keys.forget()
        return entries_of(rows, self.hand)

    def answers(self, command_ids: Collection[str]) -> dict[str, Answer]:
        """Return the first answers of those command ids that have one."""
        asked = {"shop": self._shop_id, "ids": list(command_ids)}
        rows = self._connection.execute(ANSWERS, asked)
        return {row.command_id: Answer(row.seq, row.asked or "") for row in rows}

    def append(self, entries: Sequence[Entry], answers: Mapping[str, Answer]) -> None:
        """Write all entries and answers, or none; kept once the turn ends without an exception."""
        require_next(self._head, entries)
        given = [_kept(self._shop_id, key, answer) for key, answer in answers.items()]
        self._insert(
            events, [row_of(self._shop_id, entry, self.hand) for entry in entries], JournalMoved
        )
        self._insert(commands, given, CommandRepeated)
        self._advance(self._head + len(entries))

    def fence(self, lease: str) -> int:
        """Return the fencing number of a lease's last holder, 0 if it had none."""
        return fence_of(self._connection, lease)

    def index(self, rows: Sequence[IndexedJob], alike: Collection[str] = ()) -> None:
        """Note these jobs for search, together with what this turn appends."""
        note_holds(self._connection, self._shop_id, rows)
        restate(self._connection, self._shop_id, [job for job in rows if job.job_id in alike])
        if changed := [job for job in rows if job.job_id not in alike]:
            self._jobs.note_within(self._connection, self.hand, self._shop_id, changed)

    def erase(self, job_ids: Collection[str], at: datetime) -> None:
        """Destroy what is known of the cars of these jobs; raises CarReturned for further jobs."""
        destroy(self._connection, self._shop_id, job_ids, at)
        self.erased = True

    def _insert(
        self, table: Table, rows: list[dict[str, object]], refusal: type[Exception]
    ) -> None:
        if not rows:
            return
        try:
            self._connection.execute(INSERTS[table], rows).all()
        except IntegrityError as error:
            self.lost = refusal(str(error.orig))
            raise self.lost from error

    def _advance(self, seq: int) -> None:
        if seq != self._head:
            self._connection.execute(ADVANCE, {"shop": self._shop_id, "to": seq})
            self._head = seq


class SqlJournal:
    """The Journal of a database that `open_database` has prepared."""

    def __init__(self, engine: Engine, secret: bytes = NO_SECRET) -> None:
        """`secret`: the master key under which what is personal is sealed."""
        self._engine = engine
        self.keys = CarKeys(secret)
        self.marking = self.keys.marking
        self.jobs = SqlJobIndex(engine, self.keys)
        self.seals = SqlSeals(engine, self.keys)

    @property
    def epoch(self) -> str:
        """Return the name of the history as of now: random when made, another after a restore."""
        return epoch(self._engine)

    def require_secret(self) -> None:
        """Raise SecretWrong when the database was sealed with another master key."""
        require_secret(self._engine, self.keys)

    @contextmanager
    def turn(self, shop_id: str) -> Iterator[Turn]:
        """Give the exclusive turn: what it wrote is on disk on normal exit, gone on exception."""
        with writing(self._engine) as connection:
            turn = SqlTurn(connection, shop_id, self.jobs, self.keys)
            yield turn
            if turn.lost is not None:
                # Whoever caught the exception must not believe that the turn was kept.
                raise turn.lost
        if turn.erased:
            self.keys.forget()
            purge(self._engine)
        turn.hand.keep()

    def head(self, shop_id: str) -> int:
        """Return the number of the shop's last entry, 0 when it has none."""
        with reading(self._engine) as connection:
            return connection.scalar(HEAD, {"shop": shop_id}) or 0

    def place(self, shop_id: str) -> tuple[str, int]:
        """Return epoch and head as of one moment."""
        head = func.coalesce(HEAD.scalar_subquery(), 0)
        with reading(self._engine) as connection:
            row = connection.execute(select(EPOCH, head), {"shop": shop_id}).one()
        return row[0], row[1]

    def read(self, shop_id: str, after: int, limit: int = 1000) -> list[Entry]:
        """Return at most `limit` entries with a greater number, in order."""
        with reading(self._engine) as connection:
            return self._entries(connection, shop_id, entries_after(shop_id, after).limit(limit))

    def history(self, shop_id: str, job_id: str) -> list[Entry]:
        """Return every entry of one job, in order."""
        with reading(self._engine) as connection:
            of_job = entries_after(shop_id, 0).where(events.c.job_id == job_id)
            return self._entries(connection, shop_id, of_job)

    def _entries(
        self, connection: Connection, shop_id: str, statement: Select[object]
    ) -> list[Entry]:
        hand = self.keys.at(connection, shop_id)
        entries = entries_of(connection.execute(statement).all(), hand)
        hand.keep()
        return entries

    def car_file(self, shop_id: str, any_id: str) -> CarFile | None:
        """Return the file called so, or that of an order; None when there is none any more."""
        with reading(self._engine) as connection:
            return car_file(connection, shop_id, any_id)

    def shop_ids(self) -> list[str]:
        """Return the shops that have entries, sorted."""
        with reading(self._engine) as connection:
            return sorted(connection.scalars(select(heads.c.shop_id).where(heads.c.seq > 0)))

    def save_snapshot(self, shop_id: str, snapshot: Snapshot, epoch: str) -> None:
        """Keep this snapshot of the history `epoch` unless a later one is kept already."""
        row = {
            "shop_id": shop_id,
            "seq": snapshot.seq,
            "version": snapshot.version,
            "body": snapshot.body,
        }
        with writing(self._engine) as connection:
            if connection.scalars(select(EPOCH)).one() == epoch:
                connection.execute(upsert(connection, snapshots), row)

    def latest_snapshot(self, shop_id: str) -> Snapshot | None:
        """Return the snapshot with the greatest number, if there is one."""
        kept = snapshots.c
        statement = select(kept.seq, kept.version, kept.body).where(kept.shop_id == shop_id)
        with reading(self._engine) as connection:
            row = connection.execute(statement).one_or_none()
        return Snapshot(row.seq, row.version, bytes(row.body)) if row else None

    def writable(self) -> None:
        """Write something; raises JournalUnavailable when that fails."""
        # SQLite writes nothing for a value that stays the same, so it must be another one.
        probe = {"key": "probe", "value": secrets.token_hex(4)}
        with writing(self._engine) as connection:
            connection.execute(insert_missing(connection, meta), probe)
            connection.execute(update(meta).where(meta.c.key == "probe").values(probe))

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()


def _kept(shop_id: str, command_id: str, answer: Answer) -> dict[str, object]:
    row = {"shop_id": shop_id, "command_id": command_id, "seq": answer.seq}
    return {**row, "asked": answer.asked or None}
