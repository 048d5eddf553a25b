"""Photos of jobs under the data folder, named by the SHA-256 of the picture, sealed per car.

Commands, events and values name a photo by that hash. Knows nothing of images and of requests.
"""

import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from board.photo_image import Picture
from board.seal import WrongKey

FOLDER = "photos"
MOST_PER_JOB = 300
RESERVE_BYTES = 256 * 1024 * 1024
"""What photos leave free on the disk: the journal must always have room."""
UNNAMED_SECONDS = 24 * 3600
"""How long a photo waits for a command that names it."""

_SHA = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
_SMALL, _NEW, _HALF = ".small", ".new", ".half"


class NoRoom(Exception):
    """This photo cannot be kept; `code` is photo_disk or photo_many. Nothing else is touched."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class FileSeals(Protocol):
    """Seals files of a job under the key of its car."""

    def seal_file(self, shop_id: str, job_id: str, plain: bytes, about: str) -> bytes:
        """Return the sealed bytes; b"" when the job has no key."""

    def open_file(self, shop_id: str, sealed: bytes, about: str) -> bytes:
        """Return the bytes again; b"" when the key was destroyed."""

    def living(self, shop_id: str, job_ids: Collection[str]) -> frozenset[str]:
        """Return those of the jobs that have a key which was not destroyed."""


class Photos:
    """The photos of one data folder; any thread, and any process of the folder, may ask."""

    def __init__(self, data: Path, seals: FileSeals, reserve_bytes: int = RESERVE_BYTES) -> None:
        self._root = data / FOLDER
        self._seals = seals
        self._reserve = reserve_bytes

    def keep(self, shop_id: str, job_id: str, picture: Picture) -> str:
        """Put a picture and its thumbnail on the disk; returns the name. Raises NoRoom.

        "" for a job that has no key: nobody knows it, or its car was erased.
        """
        name = hashlib.sha256(picture.large).hexdigest()
        folder = self._folder(shop_id, job_id)
        if (folder / name).exists():
            self._wait_anew(folder / (name + _NEW))
            return name
        sealed = {
            _SMALL: self._seals.seal_file(shop_id, job_id, picture.small, _about(job_id, name, 1)),
            "": self._seals.seal_file(shop_id, job_id, picture.large, _about(job_id, name, 0)),
        }
        if not all(sealed.values()):
            return ""
        try:
            self._require_room(folder, sum(map(len, sealed.values())))
            # The picture itself comes last: where it is, all is.
            for kind, text in {_NEW: b"", **sealed}.items():
                _write(folder / (name + kind), text)
        except OSError:
            raise NoRoom("photo_disk") from None
        return name

    def read(self, shop_id: str, job_id: str, name: str, small: bool = False) -> bytes:
        """The JPEG; b"" when there is none, or its car was erased."""
        if not _is_name(shop_id, job_id, name):
            return b""
        try:
            sealed = (self._folder(shop_id, job_id) / (name + _SMALL * small)).read_bytes()
            return self._seals.open_file(shop_id, sealed, _about(job_id, name, small))
        except (OSError, WrongKey):
            return b""

    def has(self, shop_id: str, job_id: str, name: str) -> bool:
        """Whether there is a photo of that name for this very job."""
        known = _is_name(shop_id, job_id, name)
        return known and (self._folder(shop_id, job_id) / name).exists()

    def forget(self, shop_id: str, job_ids: Collection[str]) -> None:
        """Delete every photo of these jobs."""
        for job_id in job_ids:
            shutil.rmtree(self._folder(shop_id, job_id), ignore_errors=True)

    def sweep(self, shop_id: str, named: Callable[[str], Collection[str]]) -> int:
        """Delete what an erased car left and what no event named within a day; returns how many.

        `named` tells the names of photos in the history of a job.
        """
        jobs = [each.name for each in _inside(self._root / shop_id)]
        living = self._seals.living(shop_id, jobs)
        gone = [job for job in jobs if job not in living]
        self.forget(shop_id, gone)
        return len(gone) + sum(self._sweep_job(shop_id, job, named) for job in sorted(living))

    def _sweep_job(self, shop_id: str, job_id: str, named: Callable[[str], Collection[str]]) -> int:
        folder = self._folder(shop_id, job_id)
        old = [each for each in _inside(folder) if _is_old(each)]
        for half in filter(is_half, old):
            half.unlink(missing_ok=True)
        waited = [each for each in old if each.suffix == _NEW]
        known = frozenset(named(job_id)) if waited else frozenset()
        for each in waited:
            kinds = (_NEW,) if each.stem in known else ("", _SMALL, _NEW)
            for kind in kinds:
                (folder / (each.stem + kind)).unlink(missing_ok=True)
        return sum(each.stem not in known for each in waited)

    def _wait_anew(self, mark: Path) -> None:
        with suppress(OSError):
            os.utime(mark)

    def _folder(self, shop_id: str, job_id: str) -> Path:
        return self._root / shop_id / job_id

    def _require_room(self, folder: Path, size: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < self._reserve + size:
            raise NoRoom("photo_disk")
        if sum(not each.suffix for each in _inside(folder)) >= MOST_PER_JOB:
            raise NoRoom("photo_many")


def is_photo_name(text: str) -> bool:
    """Whether a text may name a photo: a SHA-256 in small hex digits."""
    return _SHA.fullmatch(text) is not None


def is_half(file: Path) -> bool:
    """Whether this is a photo that is being written."""
    return file.suffix == _HALF


def names_in(value: object) -> Iterator[str]:
    """Every name of a photo in plain JSON, however deep, such as an event's body."""
    if isinstance(value, str):
        if is_photo_name(value):
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from names_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from names_in(part)


def _is_name(shop_id: str, job_id: str, name: str) -> bool:
    is_place = all(_ID.fullmatch(part) for part in (shop_id, job_id))
    return is_place and is_photo_name(name)


def _about(job_id: str, name: str, small: int) -> str:
    return f"photo/{job_id}/{name}/{'small' if small else 'large'}"


def _inside(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _is_old(file: Path) -> bool:
    try:
        return time.time() - file.stat().st_mtime > UNNAMED_SECONDS
    except OSError:
        return False


def _write(target: Path, text: bytes) -> None:
    """Whole and on the disk under its name, or not there at all."""
    half = target.with_name(f"{target.name}.{secrets.token_hex(4)}{_HALF}")
    try:
        with open(half, "xb", opener=_private) as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        half.replace(target)
    except BaseException:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise
    _sync(target.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
