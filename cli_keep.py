"""`baylight backup`, `baylight restore`: one file from which a shop can be made again."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from board.backup import Origin, take_backup
from board.backup_archive import Manifest, NotABackup, read_manifest
from board.backup_finish import finishing
from board.backup_restore import opened_backup, present_erasures, present_heads, put_back
from board.clock import real_now
from board.erasures import Erasure, erasures_in
from board.secret import derived, open_secret
from cli_shop import OPERATOR, require_shop
from settings import Settings, make_data_folder, read_settings
from workshop_routes import VERSION


def add_keep_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `backup` and `restore`."""
    about = "write the shop into one file, while the server runs"
    backup = commands.add_parser("backup", help=about, description=about)
    backup.add_argument(
        "file",
        nargs="?",
        default=".",
        metavar="FILE",
        help="file to write, or a folder for one named by the time (the present folder)",
    )
    backup.add_argument("--force", action="store_true", help="replace a backup that is there")
    backup.set_defaults(run=run_backup)
    about = "put the shop back to what FILE holds; servers may run and show it within seconds"
    restore = commands.add_parser("restore", help=about, description=about)
    restore.add_argument("file", type=Path, metavar="FILE", help="a file that backup wrote")
    restore.add_argument(
        "--erasures",
        type=Path,
        metavar="LIST",
        help="a list of erasures saved from another data folder, applied too",
    )
    restore.add_argument("--yes", action="store_true", help="do not ask")
    restore.set_defaults(run=run_restore)


def run_backup(chosen: argparse.Namespace) -> int:
    """Write a backup and say where it is and what it needs."""
    settings, now = read_settings(), real_now()
    require_shop(settings)
    target = _target(chosen.file, now)
    with _named(target):
        _require_free(target, chosen.force, settings)
        manifest = take_backup(_origin(settings), target, now, _tell)
    print(f"{target}: {_told(manifest.heads)}")
    print(f"to restore it, {settings.secret_file} is needed too: keep a copy of it elsewhere")
    return 0


def _target(wanted: str, now: datetime) -> Path:
    target = Path(wanted).absolute()
    if target.is_dir():
        target = target / f"baylight-{now:%Y%m%d-%H%M%S}.tar.gz"
    elif wanted.endswith("/"):
        raise ValueError(f"there is no folder {target}")
    if not target.parent.is_dir():
        raise ValueError(f"there is no folder {target.parent}")
    return target


@contextmanager
def _named(target: Path) -> Iterator[None]:
    """Name the folder when it cannot be written, not the hidden files of a half backup in it."""
    ours = (f"{target.parent}/.baylight-backup-", f"{target.parent}/.{target.name}.")
    try:
        yield
    except OSError as error:
        # A disk that is full names no file at all.
        name = str(error.filename or target)
        if name != str(target) and not name.startswith(ours):
            raise
        raise ValueError(f"{target.parent} cannot be written ({error.strerror or error})") from None


def _require_free(target: Path, force: bool, settings: Settings) -> None:
    """A backup takes the place of nothing but another backup, and no name that the shop uses."""
    inside = target.resolve().is_relative_to(settings.data.resolve())
    if inside and not target.name.endswith((".tar.gz", ".tgz")):
        raise ValueError(f"{target} is in the data folder: there a backup must be called .tar.gz")
    if not target.exists():
        return
    if not force:
        raise ValueError(f"{target} is there already: choose another name or add --force")
    try:
        read_manifest(target)
    except NotABackup as error:
        raise ValueError(f"{error}: --force replaces nothing else") from None


def _origin(settings: Settings) -> Origin:
    secret = open_secret(settings.secret_file, may_make=False)
    mark = derived(secret, "backup").hex()[:16]
    return Origin(VERSION, settings.database_url, settings.data, mark)


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _told(heads: Mapping[str, int]) -> str:
    return ", ".join(f"{shop} with {seq} events" for shop, seq in heads.items()) or "no shop"


def run_restore(chosen: argparse.Namespace) -> int:
    """Check the backup, ask, put it back."""
    settings, now = read_settings(), real_now()
    make_data_folder(settings.data)
    origin = _origin(settings)
    with opened_backup(origin, chosen.file.absolute()) as backup:
        _tell(f"{chosen.file} is whole: {backup.manifest.at}, {_told(backup.manifest.heads)}")
        if not chosen.yes and not _is_meant(backup.manifest, present_heads(origin.database_url)):
            print("nothing was changed", file=sys.stderr)
            return 1
        secret = open_secret(settings.secret_file)
        known = [*present_erasures(origin), *_listed(chosen.erasures)]
        finish = finishing(backup.manifest, secret, known, OPERATOR, now)
        put_back(origin, backup, now, finish, _tell)
    print(f"restored: {_told(backup.manifest.heads)} as of {backup.manifest.at}")
    return 0


def _listed(file: Path | None) -> list[Erasure]:
    if file is not None and not file.exists():
        raise ValueError(f"there is no file {file}")
    return erasures_in(file) if file else []


def _is_meant(manifest: Manifest, present: Mapping[str, int]) -> bool:
    if not sys.stdin.isatty():
        raise ValueError("restore replaces the shop: add --yes if nobody is there to be asked")
    print(f"The database in use holds: {_told(present)}.")
    print(f"Everything that was entered after {manifest.at} will be lost.")
    return input("Type yes to go on: ").strip().lower() == "yes"
