"""The index of jobs in the database: the only SQL of search.

Tails are kept backwards, so that "ends with" is a range of an ordinary index.
"""

from collections.abc import Sequence

from sqlalchemy import Column, ColumnElement, Connection, Engine, Row, and_, delete, or_, select

from board.database import reading, upsert, writing
from board.search import IndexedJob, Wanted, as_kept, normalised, wanted
from board.tables import job_index

_LAST_CHARACTER = "\U0010ffff"


class SqlJobIndex:
    """The JobIndex of a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(
        self, shop_id: str, rows: Sequence[IndexedJob], connection: Connection | None = None
    ) -> None:
        """Keep these rows, in the transaction of `connection` when one is given."""
        if connection is not None:
            _keep(connection, shop_id, rows)
            return
        with writing(self._engine) as own:
            _keep(own, shop_id, rows)

    def find(self, shop_id: str, query: str, limit: int = 20) -> list[IndexedJob]:
        """Return the jobs the query matches, newest arrival first, not yet arrived before all."""
        want = wanted(query)
        if want is None:
            return []
        statement = (
            select(job_index)
            .where(job_index.c.shop_id == shop_id, _matching(want))
            .order_by(job_index.c.arrived_at.desc().nulls_first(), job_index.c.job_id.desc())
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return [_job(row) for row in connection.execute(statement)]

    def clear(self, shop_id: str) -> None:
        """Forget the shop's rows, to note them again from the journal."""
        with writing(self._engine) as connection:
            connection.execute(delete(job_index).where(job_index.c.shop_id == shop_id))


def _keep(connection: Connection, shop_id: str, rows: Sequence[IndexedJob]) -> None:
    statement = upsert(connection, job_index)
    for job in rows:
        connection.execute(statement, _columns(shop_id, as_kept(job)))


def _columns(shop_id: str, job: IndexedJob) -> dict[str, object]:
    plate, vin = normalised(job.plate), normalised(job.vin)
    return {
        "shop_id": shop_id,
        "job_id": job.job_id,
        "number": job.number,
        "number_key": normalised(job.number),
        "plate": job.plate,
        "plate_key": plate,
        "plate_tail": plate[::-1],
        "vin": job.vin,
        "vin_key": vin,
        "vin_tail": vin[::-1],
        "ticket": job.ticket,
        "ticket_key": normalised(job.ticket),
        "phone_tail": job.phone_tail[::-1],
        "customer": job.customer,
        "arrived_at": job.arrived_at,
        "closed_at": job.closed_at,
        "state": job.state,
        "seq": job.seq,
    }


def _matching(want: Wanted) -> ColumnElement[bool]:
    column = job_index.c
    keys = (column.plate_key, column.vin_key, column.ticket_key, column.number_key)
    either = [key == want.whole for key in keys]
    if want.plate_part:
        either.append(_starts(column.plate_key, want.plate_part))
        either.append(_starts(column.plate_tail, want.plate_part[::-1]))
    if want.vin_tail:
        either.append(_starts(column.vin_tail, want.vin_tail[::-1]))
    if want.phone_tail:
        either.append(_starts(column.phone_tail, want.phone_tail[::-1]))
    return or_(*either)


def _starts(column: Column[str], text: str) -> ColumnElement[bool]:
    # A range rather than LIKE: both databases then use the index (the columns compare by bytes).
    return and_(column >= text, column < text + _LAST_CHARACTER)


def _job(row: Row[tuple[object, ...]]) -> IndexedJob:
    kept = row._mapping
    return IndexedJob(
        job_id=kept["job_id"],
        number=kept["number"],
        state=kept["state"],
        seq=kept["seq"],
        plate=kept["plate"],
        vin=kept["vin"],
        ticket=kept["ticket"],
        phone_tail=kept["phone_tail"][::-1],
        customer=kept["customer"],
        arrived_at=kept["arrived_at"],
        closed_at=kept["closed_at"],
    )
