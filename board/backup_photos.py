"""The photos of a data folder as of one moment, however many are taken and deleted meanwhile."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from board.backup_archive import files_below
from board.photos import FOLDER, is_half


@contextmanager
def held_photos(data: Path) -> Iterator[Mapping[str, Path]]:
    """The photos by their name in a backup; what is deleted now can still be packed.

    Call it after the database was copied: a photo is there before an event names it.
    """
    if not (data / FOLDER).is_dir():
        yield {}
        return
    with TemporaryDirectory(dir=data, prefix=".backing-up-") as held:
        for name, source in files_below(data, (FOLDER,)).items():
            if not is_half(source):
                _hold(source, Path(held) / name)
        yield files_below(Path(held), (FOLDER,))


def _hold(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        try:
            os.link(source, target)
        except FileNotFoundError:
            raise
        except OSError:
            # Some disks know no second name of a file.
            shutil.copyfile(source, target)
