"""Fills read tables that a migration has added, once, before anybody asks them."""

import logging

from sqlalchemy import Engine, delete, select

from board.database import reading, writing
from board.journal_sql import SqlJournal
from board.recall import rebuild
from board.tables import meta

LOG = logging.getLogger(__name__)
_MARK = "unfolded"


def fill_new_tables(engine: Engine, journal: SqlJournal) -> None:
    """Fold every journal anew, if a migration asked for it."""
    with reading(engine) as connection:
        if connection.scalar(select(meta.c.key).where(meta.c.key == _MARK)) is None:
            return
    for shop_id in journal.shop_ids():
        LOG.info("making the read tables of %s anew", shop_id)
        rebuild(journal, shop_id)
    with writing(engine) as connection:
        connection.execute(delete(meta).where(meta.c.key == _MARK))
