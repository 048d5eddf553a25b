"""Destroys the keys of cars in the database, and what is kept beside them.

What was sealed under a destroyed key stays in the journal and says nothing for ever.
"""

import logging
from collections.abc import Collection
from datetime import datetime
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, delete, select, update

from board.journal import CarReturned
from board.search_sql import drop_within
from board.tables import car_keys, car_names, job_keys

LOG = logging.getLogger(__name__)
_PURGE_SECONDS = 2.0
_PAUSE_SECONDS = 0.02


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
        if engine.dialect.name == "sqlite":
            _empty_the_log(engine)
        else:
            sweep(engine, "VACUUM car_keys")
    except Exception:
        LOG.exception("the bytes of destroyed keys are still in the database's files")


def sweep(engine: Engine, statement: str) -> None:
    """Run a VACUUM, which no transaction may surround."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(statement)
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute(statement)
    finally:
        raw.close()


def _empty_the_log(engine: Engine) -> None:
    deadline = monotonic() + _PURGE_SECONDS
    connection = engine.raw_connection()
    try:
        while connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if monotonic() > deadline:
                LOG.warning("a long read keeps bytes of destroyed keys in the write-ahead log")
                return
            sleep(_PAUSE_SECONDS)
    finally:
        connection.close()
