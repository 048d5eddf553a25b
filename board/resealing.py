"""Seals what an earlier version kept in plain words, once, before anybody reads it: all that is
personal, or what that version took for none.

Entries, search and snapshot; afterwards the files are swept of what stood there.
"""

import logging

from sqlalchemy import Connection, Engine, delete, select, update

from board.car_keys import KeysAtHand
from board.database import reading, writing
from board.erasing import purge, rewritten
from board.journal import body_text
from board.journal_rows import entries_of, says_plainly, sealed_body
from board.journal_sql import SqlJournal
from board.recall import rebuild
from board.tables import commands, events, heads, job_index, meta, search_keys, snapshots

LOG = logging.getLogger(__name__)
_PAGE = 1000
_MARK = "unsealed"
_ONCE_PLAIN = (events, commands, snapshots, job_index, search_keys)


def seal_what_is_plain(engine: Engine, journal: SqlJournal) -> None:
    """Seal every plain entry and make search and snapshots anew, if a migration asked for it."""
    with reading(engine) as connection:
        if connection.scalar(select(meta.c.key).where(meta.c.key == _MARK)) is None:
            return
    for shop_id in journal.shop_ids():
        LOG.info("sealing what is personal in the journal of %s", shop_id)
        _seal_entries(engine, journal, shop_id)
        rebuild(journal, shop_id)
    if not _swept(engine):
        LOG.warning("plain words are still in the database's files; the next start tries again")
        return
    with writing(engine) as connection:
        connection.execute(delete(meta).where(meta.c.key == _MARK))


def _seal_entries(engine: Engine, journal: SqlJournal, shop_id: str) -> None:
    seq = 0
    while True:
        with writing(engine) as connection:
            hand = journal.keys.at(connection, shop_id)
            last = _seal_page(connection, shop_id, seq, hand)
        hand.keep()
        if last == seq:
            return
        seq = last


def _seal_page(connection: Connection, shop_id: str, after: int, hand: KeysAtHand) -> int:
    kept = events.c
    # Under the head's lock no other process seals the same page.
    connection.execute(select(heads.c.seq).where(heads.c.shop_id == shop_id).with_for_update())
    page = select(events).where(kept.shop_id == shop_id, kept.seq > after)
    rows = connection.execute(page.order_by(kept.seq).limit(_PAGE)).all()
    plain = [row for row in rows if says_plainly(row)]
    for entry in entries_of(plain, hand):
        if (body := sealed_body(entry, hand)) is not entry.body:
            ours = (kept.shop_id == shop_id, kept.seq == entry.seq)
            connection.execute(update(events).where(*ours).values(body=body_text(body)))
    return rows[-1].seq if rows else after


def _swept(engine: Engine) -> bool:
    """Write anew what held plain words, so that no free page remembers a name."""
    if engine.dialect.name == "postgresql":
        return rewritten(engine, _ONCE_PLAIN)
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM")
    finally:
        raw.close()
    purge(engine)
    return True
