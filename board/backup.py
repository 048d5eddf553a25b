"""Takes a backup: the database as of one moment and the files beside it, in one archive."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, inspect, select, text

from board import backup_postgres, backup_sqlite
from board.backup_archive import Manifest, files_below, packed, write_archive
from board.backup_photos import held_photos
from board.database import connect, reading
from board.journal import JournalUnavailable
from board.tables import heads, meta

DATABASE_FILE = {"sqlite": "baylight.db", "postgresql": "baylight.dump"}
BESIDE = ("sensors.toml", "profiles", "clock.json")
"""Of the data folder, beside database and photos. The master key is left out on purpose."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Origin:
    """What is backed up: the program's version, its database, its folder, its master key's mark."""

    program: str
    database_url: str
    data: Path
    secret: str


def take_backup(origin: Origin, target: Path, now: datetime, tell: Tell) -> Manifest:
    """Write a backup to `target`, replacing what is there; it is whole or not there.

    Raises JournalUnavailable, with a sentence, when the database cannot be read.
    """
    with TemporaryDirectory(dir=target.parent, prefix=".baylight-backup-") as folder:
        engine = connect(origin.database_url)
        try:
            copy = Path(folder) / DATABASE_FILE[engine.dialect.name]
            manifest = _copied(engine, copy, origin, now, tell)
        finally:
            engine.dispose()
        with held_photos(origin.data) as photos:
            sources = {copy.name: copy, **files_below(origin.data, BESIDE), **photos}
            tell(f"packing {sum(each.stat().st_size for each in sources.values()) // 1024} KB")
            files = {name: packed(source) for name, source in sources.items()}
            manifest = replace(manifest, files=files)
            write_archive(target, manifest, sources)
    return manifest


def _copied(engine: Engine, copy: Path, origin: Origin, now: datetime, tell: Tell) -> Manifest:
    if engine.dialect.name == "postgresql":
        with backup_postgres.exported_snapshot(engine) as (connection, snapshot):
            manifest = _described(connection, origin, now)
            tell("pg_dump reads the database")
            backup_postgres.copy_out(engine, snapshot, copy)
            return manifest
    backup_sqlite.copy_out(_file_of(engine), copy, tell)
    copied = connect(f"sqlite:///{copy}")
    try:
        with reading(copied) as connection:
            return _described(connection, origin, now)
    finally:
        copied.dispose()


def _file_of(engine: Engine) -> Path:
    file = Path(str(engine.url.database))
    if not file.exists():
        raise JournalUnavailable(f"There is no database {file}: check BAYLIGHT_DATA.")
    return file


def _described(connection: Connection, origin: Origin, now: datetime) -> Manifest:
    if not inspect(connection).has_table("alembic_version"):
        raise JournalUnavailable("There is no shop in this database: nothing to back up.")
    return Manifest(
        program=origin.program,
        kind=connection.dialect.name,
        revision=connection.scalars(text("SELECT version_num FROM alembic_version")).one(),
        epoch=connection.scalars(select(meta.c.value).where(meta.c.key == "epoch")).one(),
        at=now.isoformat(timespec="seconds"),
        heads=heads_of(connection),
        secret=origin.secret,
        files={},
    )


def heads_of(connection: Connection) -> Mapping[str, int]:
    """The number of the last event by shop."""
    found = select(heads.c.shop_id, heads.c.seq).where(heads.c.seq > 0).order_by(heads.c.shop_id)
    return dict(connection.execute(found).all())
