"""The last hand on a restored database, before anybody sees it: what was erased
stays erased, and each shop notes the restore."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Engine

from board.backup_archive import Manifest
from board.backup_restore import Finish
from board.batches import Pending, write_batch
from board.core.commands import NoteAccess
from board.core.roles import Actor
from board.core.shop import Shop
from board.erasures import Erasure, apply_erasures
from board.ids import new_id
from board.journal import Journal
from board.journal_sql import SqlJournal
from board.recall import recall
from board.refolding import fill_new_tables
from board.resealing import seal_what_is_plain


def finishing(
    manifest: Manifest,
    secret: bytes,
    known: Collection[Erasure],
    actor: Actor,
    now: datetime,
) -> Finish:
    """Returns what erases again what was erased since, and notes who restored which backup."""

    def finish(engine: Engine) -> None:
        journal = SqlJournal(engine, secret)
        journal.require_secret()
        seal_what_is_plain(engine, journal)
        fill_new_tables(engine, journal)
        apply_erasures(engine, known, now)
        for shop_id in manifest.heads:
            shop = recall(journal, shop_id)
            _note(journal, shop, manifest, actor, _moment(journal, shop, manifest, now))

    return finish


def _moment(journal: Journal, shop: Shop, manifest: Manifest, now: datetime) -> datetime:
    """A simulated shop's time is not ours: there the note follows the last event."""
    if "clock.json" not in manifest.files:
        return now
    return journal.read(shop.id, shop.seq - 1)[-1].at


def _note(journal: Journal, shop: Shop, manifest: Manifest, actor: Actor, now: datetime) -> None:
    command = NoteAccess(what="restored", subject=manifest.at)
    pending = Pending(command, actor, new_id(now))
    batch = write_batch(journal, journal.epoch, shop, [pending], now)
    for decided in batch.decided:
        if isinstance(decided, Exception):
            raise decided
