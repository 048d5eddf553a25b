"""Destroys the keys of cars in the database, and what is kept beside them.

What was sealed under a destroyed key stays in the journal and says nothing for ever.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, Table, delete, select, update
from sqlalchemy.exc import OperationalError

from board.journal import CarReturned
from board.search_sql import drop_within
from board.tables import car_keys, car_names, job_keys

LOG = logging.getLogger(__name__)
_PURGE_SECONDS = 2.0
_PAUSE_SECONDS = 0.02
_LOCK_WAIT = "100ms"
_LOCK_NOT_AVAILABLE = "55P03"


def jobs_of_cars(connection: Connection, shop_id: str, job_ids: Collection[str]) -> tuple[str, ...]:
    """Every job of the cars of these jobs; nothing for one unknown or erased."""
    column, kept = job_keys.c, car_keys.c
    living = select(kept.key_id).where(kept.shop_id == shop_id, kept.erased_at.is_(None))
    cars = select(column.key_id).where(
        column.shop_id == shop_id, column.job_id.in_(job_ids), column.key_id.in_(living)
    )
    jobs = select(column.job_id).where(column.shop_id == shop_id, column.key_id.in_(cars))
    return tuple(sorted(connection.scalars(jobs)))


def destroy(connection: Connection, shop_id: str, job_ids: Collection[str], at: datetime) -> None:
    """Destroy the keys of these jobs and their rows of search; names lead nowhere any more.

    Raises CarReturned when a car has jobs beside these.
    """
    whole = jobs_of_cars(connection, shop_id, job_ids)
    if not set(whole) <= set(job_ids):
        raise CarReturned(shop_id)
    ours = select(job_keys.c.key_id).where(
        job_keys.c.shop_id == shop_id, job_keys.c.job_id.in_(job_ids)
    )
    key_ids = sorted(set(connection.scalars(ours)))
    destroy_keys(connection, shop_id, key_ids, at)
    drop_within(connection, shop_id, job_ids)


def destroy_keys(
    connection: Connection, shop_id: str, key_ids: Collection[str], at: datetime
) -> None:
    """Destroy keys by their ids; one that is destroyed already keeps its time."""
    column = car_keys.c
    living = (column.shop_id == shop_id, column.key_id.in_(key_ids), column.erased_at.is_(None))
    connection.execute(update(car_keys).where(*living).values(wrapped=None, erased_at=at))
    named = (car_names.c.shop_id == shop_id, car_names.c.key_id.in_(key_ids))
    connection.execute(delete(car_names).where(*named))


def purge(engine: Engine) -> None:
    """Take the bytes of destroyed keys out of the database's files; logs when it cannot."""
    try:
        if not _purged(engine):
            LOG.warning("a long read keeps bytes of destroyed keys in the database's files")
    except Exception:
        LOG.exception("the bytes of destroyed keys are still in the database's files")


def _purged(engine: Engine) -> bool:
    if engine.dialect.name == "sqlite":
        return _emptied_log(engine)
    return rewritten(engine, (car_keys,))


def rewritten(engine: Engine, tables: Iterable[Table]) -> bool:
    """Write PostgreSQL's tables anew without what was deleted; False when others hold them."""
    # A plain VACUUM takes a row out of its page's list and leaves its bytes where they were.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # No other user of the pool is to wait as briefly for a lock.
        connection.detach()
        connection.exec_driver_sql(f"SET lock_timeout = '{_LOCK_WAIT}'")
        return all(_in_time(partial(_rewrite, connection, table)) for table in tables)


def _rewrite(connection: Connection, table: Table) -> bool:
    try:
        connection.exec_driver_sql(f"VACUUM FULL {table.name}")
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") != _LOCK_NOT_AVAILABLE:
            raise
        return False
    return True


def _emptied_log(engine: Engine) -> bool:
    connection = engine.raw_connection()
    try:
        ask = connection.cursor()
        return _in_time(
            lambda: not ask.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0],
        )
    finally:
        connection.close()


def _in_time(done: Callable[[], bool]) -> bool:
    deadline = monotonic() + _PURGE_SECONDS
    while not done():
        if monotonic() > deadline:
            return False
        sleep(_PAUSE_SECONDS)
    return True
