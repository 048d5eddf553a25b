"""The index of jobs in the database: the only SQL of search.

What a job is found by is kept as keyed hashes, what is shown of it sealed under its car's key.
"""

from collections.abc import Collection, Iterable, Sequence

import msgspec
from sqlalchemy import (
    CompoundSelect,
    Connection,
    Engine,
    Row,
    Table,
    bindparam,
    delete,
    insert,
    select,
    union,
    update,
)

from board.car_keys import CarKeys, CarName, KeysAtHand
from board.core.hold_times import Stretch, Waited
from board.database import reading, upsert, writing
from board.leaves import Leaves
from board.seal import keyed_hash
from board.search import IndexedJob, Wanted, as_kept, normalised, tokens, tokens_wanted, wanted
from board.search_holds import note_holds, waits_in
from board.tables import hold_times, job_index, search_keys


class SqlJobIndex:
    """The JobIndex of a database."""

    def __init__(self, engine: Engine, keys: CarKeys) -> None:
        self._engine = engine
        self._keys = keys

    def note(self, shop_id: str, rows: Sequence[IndexedJob]) -> None:
        """Keep these rows; a row older (by seq) than the one kept changes nothing."""
        with writing(self._engine) as connection:
            hand = self._keys.at(connection, shop_id)
            self.note_within(connection, hand, shop_id, rows)
            note_holds(connection, shop_id, rows)
        hand.keep()

    def note_within(
        self, connection: Connection, hand: KeysAtHand, shop_id: str, rows: Sequence[IndexedJob]
    ) -> None:
        """Keep these rows in a transaction."""
        later = _later_ones(connection, shop_id, rows)
        kept = [as_kept(job) for job in rows if job.job_id not in later]
        sealed = [(job, _sealed(hand, job)) for job in kept]
        # A job whose key was destroyed is not found any more.
        shown = [(job, text) for job, text in sealed if text]
        drop_within(connection, shop_id, [job.job_id for job, _ in shown], search_keys)
        index = [_columns(shop_id, job, text) for job, text in shown]
        found_by = [row for job, _ in shown for row in self._hashes(shop_id, job)]
        if index:
            connection.execute(upsert(connection, job_index), index)
        if found_by:
            connection.execute(insert(search_keys), found_by)

    def find(self, shop_id: str, query: str, limit: int = 20) -> list[IndexedJob]:
        """Return the jobs the query matches, newest arrival first, not yet arrived before all."""
        want = wanted(query)
        if want is None:
            return []
        column = job_index.c
        statement = (
            select(job_index)
            .where(column.shop_id == shop_id, column.job_id.in_(self._matching(shop_id, want)))
            .order_by(column.arrived_at.desc().nulls_first(), column.job_id.desc())
            .limit(limit)
        )
        with reading(self._engine) as connection:
            hand = self._keys.at(connection, shop_id)
            rows = [_job(row, hand) for row in connection.execute(statement).all()]
        hand.keep()
        return rows

    def waits(self, shop_id: str, within: Stretch) -> list[Waited]:
        """Return what cars waited for in a stretch of time, the longest wait first."""
        with reading(self._engine) as connection:
            return waits_in(connection, shop_id, within)

    def clear(self, shop_id: str) -> None:
        """Forget the shop's rows, to note them again from the journal."""
        with writing(self._engine) as connection:
            for table in (job_index, search_keys, hold_times):
                connection.execute(delete(table).where(table.c.shop_id == shop_id))

    def drop(self, shop_id: str, job_ids: Collection[str]) -> None:
        """Forget these jobs, because they were erased."""
        with writing(self._engine) as connection:
            drop_within(connection, shop_id, job_ids)

    def _matching(self, shop_id: str, want: Wanted) -> CompoundSelect[str]:
        hashes = [self._hash(shop_id, token) for token in tokens_wanted(want)]
        found_by, column = search_keys.c, job_index.c
        return union(
            select(found_by.job_id).where(found_by.shop_id == shop_id, found_by.hash.in_(hashes)),
            select(column.job_id).where(column.shop_id == shop_id, column.number_key == want.whole),
        )

    def _hashes(self, shop_id: str, job: IndexedJob) -> Iterable[dict[str, str]]:
        hashes = (self._hash(shop_id, token) for token in tokens(job))
        return ({"shop_id": shop_id, "hash": each, "job_id": job.job_id} for each in hashes)

    def _hash(self, shop_id: str, token: str) -> str:
        return keyed_hash(self._keys.searching, f"{shop_id}:{token}")


_RESTATED = (
    update(job_index)
    .where(job_index.c.shop_id == bindparam("shop"), job_index.c.job_id == bindparam("job"))
    .values({name: bindparam(name) for name in ("state", "arrived_at", "closed_at", "seq")})
)


def restate(connection: Connection, shop_id: str, rows: Sequence[IndexedJob]) -> None:
    """Keep state and times of jobs of which nothing else has changed."""
    changed = [
        {
            "shop": shop_id,
            "job": job.job_id,
            "state": job.state,
            "arrived_at": job.arrived_at,
            "closed_at": job.closed_at,
            "seq": job.seq,
        }
        for job in rows
    ]
    if changed:
        connection.execute(_RESTATED, changed)


def drop_within(
    connection: Connection,
    shop_id: str,
    job_ids: Collection[str],
    *tables: Table,
) -> None:
    """Take what is kept of these jobs out of the index, in a transaction."""
    for table in tables or (job_index, search_keys):
        if job_ids:
            ours = (table.c.shop_id == shop_id, table.c.job_id.in_(job_ids))
            connection.execute(delete(table).where(*ours))


def car_names_of(plate: str, vin: str) -> tuple[CarName, ...]:
    """What the car is called, as far as it is known."""
    named = (CarName("vin", normalised(vin)), CarName("plate", normalised(plate)))
    return tuple(name for name in named if name.text)


def _later_ones(connection: Connection, shop_id: str, rows: Sequence[IndexedJob]) -> set[str]:
    seqs = {job.job_id: job.seq for job in rows}
    column = job_index.c
    kept = select(column.job_id, column.seq).where(
        column.shop_id == shop_id, column.job_id.in_(seqs)
    )
    return {row.job_id for row in connection.execute(kept) if row.seq > seqs[row.job_id]}


def _sealed(hand: KeysAtHand, job: IndexedJob) -> str:
    shown = {name: getattr(job, name) for name in _SHOWN}
    leaves = {name: text for name, text in shown.items() if text}
    sealed = hand.seal(job.job_id, leaves, _about(job.job_id), car_names_of(job.plate, job.vin))
    return msgspec.json.encode(sealed).decode() if sealed else ""


_SHOWN = ("plate", "vin", "ticket", "phone_tail", "customer")


def _about(job_id: str) -> str:
    return f"index/{job_id}"


def _columns(shop_id: str, job: IndexedJob, sealed: str) -> dict[str, object]:
    return {
        "shop_id": shop_id,
        "job_id": job.job_id,
        "number": job.number,
        "number_key": normalised(job.number),
        "kind": job.kind,
        "state": job.state,
        "arrived_at": job.arrived_at,
        "closed_at": job.closed_at,
        "sealed": sealed,
        "seq": job.seq,
    }


def _job(row: Row[object], hand: KeysAtHand) -> IndexedJob:
    sealed: dict[str, str] = msgspec.json.decode(row.sealed, type=dict[str, str])
    shown: Leaves = hand.open(sealed, _about(row.job_id))
    return IndexedJob(
        row.job_id,
        row.number,
        row.state,
        row.seq,
        row.kind,
        shown.get("plate", ""),
        shown.get("vin", ""),
        shown.get("ticket", ""),
        shown.get("phone_tail", ""),
        shown.get("customer", ""),
        row.arrived_at,
        row.closed_at,
    )
