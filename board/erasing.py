"""Destroys the keys of cars in the database, and what is kept beside them.

What was sealed under a destroyed key stays in the journal and says nothing for ever.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, Table, delete, select, text, update
from sqlalchemy.exc import OperationalError

from board.car_files import jobs_of_cars, part
from board.database import insert_missing, reading, writing
from board.journal import CarReturned
from board.search_sql import drop_within
from board.tables import car_keys, car_names, job_keys, meta

LOG = logging.getLogger(__name__)
_PURGE_SECONDS = 2.0
_PAUSE_SECONDS = 0.02
_LOCK_WAIT = "100ms"
_LOCK_NOT_AVAILABLE = "55P03"
_DUE = "purge"
# Who writes in another database counts too: no view that is made meanwhile is newer than that.
_SEEN_BEFORE = text(
    "SELECT count(*) FROM ("
    " SELECT backend_xmin AS held FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    " AND (datid IS NULL OR datname = current_database())"
    " UNION ALL SELECT backend_xid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    " UNION ALL SELECT transaction FROM pg_prepared_xacts"
    " UNION ALL SELECT xmin FROM pg_replication_slots"
    ") AS views WHERE age(held) > age(CAST(:now AS xid))"
)


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
    # Noted before: the process may end between here and its purge.
    _note(connection, due=True)
    named = (car_names.c.shop_id == shop_id, car_names.c.key_id.in_(key_ids))
    connection.execute(delete(car_names).where(*named))
    part(connection, shop_id, key_ids, whole=True)


def purge(engine: Engine) -> None:
    """Take the bytes of destroyed keys out of the database's files.

    What hinders it is logged, and noted in the database for `purge_if_due`.
    """
    try:
        purged = _purged(engine)
        if not purged:
            LOG.warning("a long read keeps bytes of destroyed keys in the database's files")
        with writing(engine) as connection:
            _note(connection, due=not purged)
    except Exception:
        LOG.exception("the bytes of destroyed keys are still in the database's files")


def purge_if_due(engine: Engine) -> None:
    """Purge if the last purge was hindered; raises JournalUnavailable."""
    with reading(engine) as connection:
        due = connection.scalar(select(meta.c.key).where(meta.c.key == _DUE))
    if due:
        purge(engine)


def _purged(engine: Engine) -> bool:
    if engine.dialect.name == "sqlite":
        return _emptied_log(engine)
    return rewritten(engine, (car_keys,))


def _note(connection: Connection, due: bool) -> None:
    if due:
        connection.execute(insert_missing(connection, meta), {"key": _DUE, "value": "due"})
    else:
        connection.execute(delete(meta).where(meta.c.key == _DUE))


def rewritten(engine: Engine, tables: Iterable[Table]) -> bool:
    """Write PostgreSQL's tables anew without what was deleted; False when others hold them, or
    hold a view of the database from before, for which what was deleted stays."""
    # A plain VACUUM takes a row out of its page's list and leaves its bytes where they were.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # No other user of the pool is to wait as briefly for a lock.
        connection.detach()
        connection.exec_driver_sql(f"SET lock_timeout = '{_LOCK_WAIT}'")
        now = connection.scalar(text("SELECT CAST(pg_current_xact_id() AS xid)"))
        if not _in_time(lambda: not connection.scalar(_SEEN_BEFORE, {"now": now})):
            return False
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
