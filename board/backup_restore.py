"""Puts a backup back: checked first, finished where nobody sees it, then in place at once.

The database in use is either the old one or the restored one, however the restore ends.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, inspect, text

from board import backup_postgres, backup_sqlite
from board.backup import DATABASE_FILE, Origin, Tell, heads_of
from board.backup_access import Ways, keep_ended, ways_in
from board.backup_archive import Manifest, NotABackup, sync_folder, unpack
from board.database import (
    connect,
    open_database,
    reading,
    renew_epoch,
    writing,
)
from board.erasures import Erasure, apply_erasures, erasures, keep_erasures
from board.journal import JournalUnavailable
from board.versions import bring_up_to_date, known_versions

Finish = Callable[[Engine], None]
"""What is done to the restored database before anybody sees it: erasures, the note of it."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A backup that was found whole and fitting, with its files in `folder`."""

    manifest: Manifest
    folder: Path

    @property
    def database(self) -> Path:
        """The file with the database."""
        return self.folder / DATABASE_FILE[self.manifest.kind]


@contextmanager
def opened_backup(origin: Origin, file: Path) -> Iterator[Unpacked]:
    """The backup in `file`, unpacked and checked; nothing else is touched.

    Raises NotABackup for a damaged or foreign file, ValueError for a backup that does not fit.
    """
    with TemporaryDirectory(dir=origin.data, prefix=".restoring-") as name:
        folder = Path(name)
        manifest = unpack(file, folder)
        _require_fitting(manifest, origin)
        if DATABASE_FILE[manifest.kind] not in manifest.files:
            raise NotABackup(f"{file} holds no database")
        yield Unpacked(manifest, folder)


def _require_fitting(manifest: Manifest, origin: Origin) -> None:
    engine = connect(origin.database_url)
    kind = engine.dialect.name
    engine.dispose()
    if manifest.kind != kind:
        raise ValueError(
            f"this backup is of a {manifest.kind} database and DATABASE_URL names {kind}: "
            "restore it into a database of its own kind"
        )
    if manifest.revision not in known_versions():
        raise ValueError(
            f"this backup was made by Baylight {manifest.program}, which is newer: "
            "restore it with that version or a later one"
        )
    if manifest.secret != origin.secret:
        raise ValueError(
            "this backup was made with another master key: "
            "put the shop's secret file where BAYLIGHT_SECRET_FILE says, then restore again"
        )


def present_heads(database_url: str) -> dict[str, int]:
    """The last event by shop of the database in use; empty when there is none to read."""
    engine = connect(database_url)
    try:
        if not _is_there(engine):
            return {}
        with reading(engine) as connection:
            return dict(heads_of(connection)) if inspect(connection).has_table("heads") else {}
    except JournalUnavailable as error:
        _require_damaged(error)
        return {}
    finally:
        engine.dispose()


def present_erasures(origin: Origin) -> list[Erasure]:
    """What was erased, as the database in use and the data folder know it."""
    engine = connect(origin.database_url)
    try:
        if _is_there(engine):
            with reading(engine) as connection:
                knows = inspect(connection).has_table("car_keys")
            return erasures(engine if knows else None, origin.data)
    except JournalUnavailable as error:
        _require_damaged(error)
    finally:
        engine.dispose()
    return erasures(None, origin.data)


def _require_damaged(error: JournalUnavailable) -> None:
    """What is no database any more has nothing to tell; one that is only away may have."""
    if "damaged" not in error.sentence and "is not a database" not in error.sentence:
        raise error


def _is_there(engine: Engine) -> bool:
    """SQLite would make a file by looking for it."""
    return engine.dialect.name != "sqlite" or Path(str(engine.url.database)).exists()


def put_back(origin: Origin, backup: Unpacked, now: datetime, finish: Finish, tell: Tell) -> None:
    """Make the database in use what the backup holds, and put its files beside it.

    Raises JournalUnavailable or ValueError with a sentence; everything is as before then.
    """
    if backup.manifest.kind == "postgresql":
        _put_back_postgres(origin.database_url, backup, now, finish, tell)
    else:
        _put_back_sqlite(origin.database_url, backup, now, finish, tell)
    for name in backup.manifest.files:
        if name != backup.database.name:
            _put_beside(backup.folder / name, origin.data / name, tell)
    _erase_latecomers(origin, now)


def _erase_latecomers(origin: Origin, now: datetime) -> None:
    """What was erased while the restore was at work, and the list for the next one."""
    engine = connect(origin.database_url)
    try:
        apply_erasures(engine, erasures(None, origin.data), now)
        keep_erasures(engine, origin.data)
    finally:
        engine.dispose()


def _put_back_sqlite(url: str, backup: Unpacked, now: datetime, finish: Finish, tell: Tell) -> None:
    scratch = open_database(f"sqlite:///{backup.database}")
    try:
        _finish_apart(scratch, backup, finish, tell)
        before = _ways_into(url)
        with writing(scratch) as connection:
            keep_ended(connection, before, now)
    finally:
        scratch.dispose()
    target = Path(str(_database_of(url)))
    backup_sqlite.put_in_place(backup.database, target, tell)


def _database_of(url: str) -> str:
    engine = connect(url)
    engine.dispose()
    return str(engine.url.database)


def _ways_into(url: str) -> Ways:
    engine = connect(url)
    try:
        if not _is_there(engine):
            return Ways()
        with reading(engine) as connection:
            _require_not_newer(connection)
            return ways_in(connection)
    except JournalUnavailable as error:
        _require_damaged(error)
        return Ways()
    finally:
        engine.dispose()


def _require_not_newer(connection: Connection) -> None:
    if not inspect(connection).has_table("alembic_version"):
        return
    kept = connection.scalars(text("SELECT version_num FROM alembic_version")).one_or_none()
    if kept is not None and kept not in known_versions():
        raise ValueError("the database in use belongs to a newer Baylight: restore with that one")


def _put_back_postgres(
    url: str, backup: Unpacked, now: datetime, finish: Finish, tell: Tell
) -> None:
    def carry_over(connection: Connection, turn_to_restored: Callable[[], None]) -> None:
        _require_not_newer(connection)
        before = ways_in(connection)
        turn_to_restored()
        keep_ended(connection, before, now)

    tell("pg_restore reads the backup")
    with backup_postgres.scratch(url, backup.manifest.revision, backup.database) as scratch:
        with writing(scratch) as connection:
            bring_up_to_date(connection)
        _finish_apart(scratch, backup, finish, tell)
        engine = connect(url)
        try:
            backup_postgres.put_in_place(engine, carry_over)
        finally:
            engine.dispose()


def _finish_apart(scratch: Engine, backup: Unpacked, finish: Finish, tell: Tell) -> None:
    with reading(scratch) as connection:
        if dict(heads_of(connection)) != backup.manifest.heads:
            raise NotABackup("this backup does not hold the events that its manifest names")
    renew_epoch(scratch)
    finish(scratch)
    tell("the restored database is ready")


def _put_beside(source: Path, target: Path, tell: Tell) -> None:
    """A file of the data folder; another one of that name is set aside."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and target.read_bytes() != source.read_bytes():
        aside = target.with_name(f"{target.name}.before-restore")
        target.replace(aside)
        tell(f"the present {target.name} was set aside as {aside.name}")
    half = target.with_name(f".{target.name}.restoring")
    shutil.copyfile(source, half)
    half.replace(target)
    sync_folder(target.parent)
