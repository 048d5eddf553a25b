"""From the journal back to a shop: snapshot and the tail after it, catching up, rebuilding."""

from collections.abc import Iterable, Sequence
from functools import partial

from board.codec import (
    SHOP_VERSION,
    SHOP_VERSIONS,
    event_from_entry,
    shop_from_bytes,
    shop_to_bytes,
)
from board.core.events import CarErased, CarsMerged, CarsParted, Fact, MoveUndone
from board.core.history import evolve, replay
from board.core.shop import Shop
from board.indexing import indexed_job
from board.journal import Entry, Journal, JournalUnavailable, Snapshot, Turn

_PAGE = 2000


def facts_from(entries: Iterable[Entry]) -> tuple[Fact, ...]:
    """The facts that journal entries record."""
    return tuple(
        Fact(
            entry.seq,
            entry.at,
            entry.actor,
            entry.command_id,
            event_from_entry(entry.kind, entry.version, entry.body),
            entry.via,
        )
        for entry in entries
    )


def catch_up(turn: Turn, shop: Shop) -> tuple[Shop, tuple[Fact, ...]]:
    """The shop with what others wrote since, and those facts."""
    if turn.head == shop.seq:
        return shop, ()
    foreign = facts_from(turn.read(shop.seq))
    return replay(shop, foreign), foreign


def recall(journal: Journal, shop_id: str) -> Shop:
    """The shop as the journal has it: the latest snapshot of our version, then the tail."""
    shop = _from_snapshot(journal, shop_id) or Shop(id=shop_id)
    while entries := journal.read(shop_id, shop.seq, _PAGE):
        shop = replay(shop, facts_from(entries))
    return shop


def recall_restored(journal: Journal, turn: Turn, shop: Shop) -> Shop:
    """The shop in the turn's history, which is another than that of the shop at hand.

    Raises JournalUnavailable when that history has no such shop.
    """
    if turn.head == 0 and shop.seq > 0:
        raise JournalUnavailable(
            f"The database was replaced by one without the shop {shop.id}: restart the program."
        )
    return recall(journal, shop.id)


def _from_snapshot(journal: Journal, shop_id: str) -> Shop | None:
    kept = journal.latest_snapshot(shop_id)
    if kept is None or kept.version not in SHOP_VERSIONS:
        return None
    about = f"snapshot/{kept.seq}"
    unseal = partial(journal.seals.open, shop_id, about=about)
    return shop_from_bytes(kept.body, kept.version, unseal)


def keep_snapshot(journal: Journal, shop: Shop, epoch: str) -> None:
    """Save `shop` of the history `epoch`, so that the next start reads only what comes after it."""
    seal = partial(journal.seals.seal, shop.id, about=f"snapshot/{shop.seq}")
    snapshot = Snapshot(shop.seq, SHOP_VERSION, shop_to_bytes(shop, seal))
    journal.save_snapshot(shop.id, snapshot, epoch)


def rebuild(journal: Journal, shop_id: str) -> Shop:
    """Fold the whole journal anew: search index, files of cars and snapshot come from it alone."""
    journal.jobs.clear(shop_id)
    epoch = journal.epoch
    shop, files = Shop(id=shop_id), dict[str, str]()
    while entries := journal.read(shop_id, shop.seq, _PAGE):
        facts = facts_from(entries)
        shop = _refold(journal, shop, facts)
        _regroup(files, facts)
    with journal.turn(shop_id) as turn:
        turn.refile(files)
    keep_snapshot(journal, shop, epoch)
    return shop


def _regroup(files: dict[str, str], facts: Iterable[Fact]) -> None:
    """Follow mergers of car files, and what took them back, in `files`: key to file."""
    for event in (fact.event for fact in facts):
        if isinstance(event, CarsMerged | CarsParted):
            file = event.kept if isinstance(event, CarsMerged) else event.merged
            for key in event.moved:
                files[key] = file


def _refold(journal: Journal, shop: Shop, facts: Sequence[Fact]) -> Shop:
    rows = {}
    erased = [fact.event.job for fact in facts if isinstance(fact.event, CarErased)]
    for fact in facts:
        shop = evolve(shop, fact)
        job_id = getattr(fact.event, "job", "")
        ids = fact.event.jobs if isinstance(fact.event, MoveUndone) else (job_id,)
        rows.update({j: indexed_job(shop.jobs[j], fact.seq) for j in ids if j in shop.jobs})
    journal.jobs.note(shop.id, list(rows.values()))
    journal.jobs.drop(shop.id, erased)
    return shop
