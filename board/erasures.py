"""The list of erasures: kept in the database and in a file, applied again after a restore.

It tells which keys are gone since when, and nothing about anybody.
"""

import fcntl
import os
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, select

from board.car_files import part
from board.codec import event_to_entry
from board.core.events import CarErased
from board.database import reading, writing
from board.erasing import destroy_keys, purge
from board.journal import Answer, Entry, Turn
from board.journal_sql import SqlJournal
from board.tables import car_keys, job_keys

FILE = "erasures.jsonl"
_BY = "operator:restore"


@dataclass(frozen=True, slots=True, order=True)
class Erasure:
    """A key that was destroyed, in which shop and when."""

    shop_id: str
    key_id: str
    at: datetime


def erasures(engine: Engine | None, folder: Path) -> list[Erasure]:
    """Every erasure known to the database or the data folder; `engine` None: to the folder only."""
    by_key = {(each.shop_id, each.key_id): each for each in erasures_in(folder / FILE)}
    if engine is not None:
        by_key |= {(each.shop_id, each.key_id): each for each in _of_table(engine)}
    return sorted(by_key.values())


def keep_erasures(engine: Engine, folder: Path) -> None:
    """Add to the folder's file what only the database knows."""
    with (folder / FILE).open("a+b") as file:
        # Several processes of one folder may learn of an erasure at once.
        fcntl.flock(file, fcntl.LOCK_EX)
        known = set(erasures_in(folder / FILE))
        new = [each for each in _of_table(engine) if each not in known]
        file.write(b"".join(msgspec.json.encode(each) + b"\n" for each in new))
        file.flush()
        os.fsync(file.fileno())


def apply_erasures(engine: Engine, known: Collection[Erasure], now: datetime) -> int:
    """Erase again what a restored database still has; returns how many keys that were.

    A restored job goes for good even if it was open when the copy was made.
    """
    journal = SqlJournal(engine)
    by_shop: dict[str, list[Erasure]] = defaultdict(list)
    for each in known:
        by_shop[each.shop_id].append(each)
    count = sum(_applied(engine, journal, shop, found, now) for shop, found in by_shop.items())
    if count:
        purge(engine)
    return count


def _applied(
    engine: Engine, journal: SqlJournal, shop_id: str, known: list[Erasure], now: datetime
) -> int:
    with reading(engine) as connection:
        living = _living(connection, shop_id)
        jobs = _jobs_by_key(connection, shop_id)
    again = [each for each in known if each.key_id in living]
    with writing(engine) as connection:
        for each in again:
            # A merger of the copy that was taken back since must not take another car along.
            part(connection, shop_id, [each.key_id], whole=True)
            if each.key_id not in jobs:
                destroy_keys(connection, shop_id, [each.key_id], each.at)
    if job_ids := sorted(job for each in again for job in jobs.get(each.key_id, ())):
        with journal.turn(shop_id) as turn:
            _tell(turn, job_ids, now)
            turn.erase(job_ids, now)
    return len(again)


def _tell(turn: Turn, job_ids: Iterable[str], now: datetime) -> None:
    entries = []
    for seq, job_id in enumerate(job_ids, turn.head + 1):
        kind, version, body = event_to_entry(CarErased(job_id))
        name = f"erase_again:{job_id}:{seq}"
        entries.append(Entry(seq, now, _BY, name, job_id, kind, version, body, "command line"))
    turn.append(entries, {each.command_id: Answer(each.seq) for each in entries})


def _living(connection: Connection, shop_id: str) -> set[str]:
    column = car_keys.c
    found = select(column.key_id).where(column.shop_id == shop_id, column.wrapped.is_not(None))
    return set(connection.scalars(found))


def _jobs_by_key(connection: Connection, shop_id: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(select(job_keys).where(job_keys.c.shop_id == shop_id)):
        found[row.key_id].append(row.job_id)
    return found


def _of_table(engine: Engine) -> list[Erasure]:
    column = car_keys.c
    gone = select(column.shop_id, column.key_id, column.erased_at).where(
        column.erased_at.is_not(None)
    )
    with reading(engine) as connection:
        return [Erasure(*row) for row in connection.execute(gone)]


def erasures_in(file: Path) -> list[Erasure]:
    """What a list says; nothing where there is no file. ValueError, with a sentence, for another
    kind of file."""
    if not file.exists():
        return []
    found = []
    for number, line in enumerate(_lines(file), 1):
        try:
            if line.strip():
                found.append(msgspec.json.decode(line, type=Erasure))
        except msgspec.MsgspecError:
            raise ValueError(f"{file} is not a list of erasures: see its line {number}") from None
    return found


def _lines(file: Path) -> list[bytes]:
    try:
        return file.read_bytes().splitlines()
    except OSError as error:
        raise ValueError(f"{file} cannot be read ({error.strerror})") from None
