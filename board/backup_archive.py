"""The file of a backup: a packed tar, its manifest first, which says what is inside.

Knows nothing of databases.
"""

import gzip
import hashlib
import json
import os
import tarfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import IO

FORMAT = 1
MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 16 * 1024 * 1024
_CHUNK = 1024 * 1024
_DAMAGE = (
    tarfile.TarError,
    gzip.BadGzipFile,
    EOFError,
    zlib.error,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)


@dataclass(frozen=True, slots=True)
class Packed:
    """One file inside: its size and what its bytes hash to."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `kind` is the database's, `revision` its schema's.

    `heads`: the last event by shop. `secret` recognises the master key, which is not inside.
    """

    program: str
    kind: str
    revision: str
    epoch: str
    at: str
    heads: Mapping[str, int]
    secret: str
    files: Mapping[str, Packed]


class NotABackup(ValueError):
    """The file is no whole backup; the text says why."""


def packed(file: Path) -> Packed:
    """Size and hash of a file."""
    with file.open("rb") as source:
        return Packed(file.stat().st_size, hashlib.file_digest(source, "sha256").hexdigest())


def write_archive(target: Path, manifest: Manifest, sources: Mapping[str, Path]) -> None:
    """Write the archive: whole and on disk under its name, or not there at all."""
    text = json.dumps(_as_json(manifest), indent=1, ensure_ascii=False).encode()
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as out:
        half = Path(out.name)
        try:
            _pack(out, text, sources)
            out.flush()
            os.fsync(out.fileno())
            half.replace(target)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
    sync_folder(target.parent)


def _pack(out: IO[bytes], text: bytes, sources: Mapping[str, Path]) -> None:
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as archive:
        about = tarfile.TarInfo(MANIFEST)
        about.size, about.mode = len(text), 0o600
        archive.addfile(about, BytesIO(text))
        for name, source in sources.items():
            archive.add(source, name, recursive=False, filter=_anonymous)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _as_json(manifest: Manifest) -> dict[str, object]:
    needs = "the file BAYLIGHT_SECRET_FILE of the shop, kept apart from this backup"
    return {"format": FORMAT, "needs": needs, **asdict(manifest)}


def sync_folder(folder: Path) -> None:
    """Bring the folder's names to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_manifest(file: Path) -> Manifest:
    """What the backup says of itself; NotABackup if it says nothing sound."""
    with _open(file) as archive:
        return _manifest(archive, file)


def unpack(file: Path, folder: Path) -> Manifest:
    """Unpack every file into `folder`; NotABackup unless each is what the manifest says."""
    with _open(file) as archive:
        manifest = _manifest(archive, file)
        missing = set(manifest.files)
        while member := archive.next():
            expected = manifest.files.get(member.name)
            if expected is None or not member.isfile() or member.name not in missing:
                raise NotABackup(f"{file} holds {member.name!r}, which its manifest does not name")
            if _unpack_one(archive, member, folder / member.name) != expected:
                raise NotABackup(f"{file} is damaged: {member.name} is not what was put in")
            missing.remove(member.name)
    if missing:
        raise NotABackup(f"{file} is not whole: {', '.join(sorted(missing))} is missing")
    return manifest


@contextmanager
def _open(file: Path) -> Iterator[tarfile.TarFile]:
    try:
        with gzip.open(file) as whole, tarfile.open(fileobj=whole, mode="r|") as archive:
            yield archive
            # The sum over everything stands at the very end.
            while whole.read(_CHUNK):
                pass
    except NotABackup:
        raise
    except FileNotFoundError:
        raise NotABackup(f"there is no file {file}") from None
    except PermissionError:
        raise NotABackup(f"{file} may not be read") from None
    except IsADirectoryError:
        raise NotABackup(f"{file} is a folder, not a backup of Baylight") from None
    except _DAMAGE:
        raise NotABackup(f"{file} is not a whole backup of Baylight") from None


def _manifest(archive: tarfile.TarFile, file: Path) -> Manifest:
    first = archive.next()
    if first is None or first.name != MANIFEST or not 0 < first.size < _LARGEST_MANIFEST:
        raise NotABackup(f"{file} is not a backup of Baylight")
    found = json.loads(_bytes_of(archive, first).read())
    if found.pop("format") != FORMAT:
        raise NotABackup(f"{file} was made by another version of Baylight: use that or a newer one")
    found.pop("needs")
    files = {name: Packed(**kept) for name, kept in found.pop("files").items()}
    for name in files:
        _require_inside(name, file)
    return Manifest(**found, files=files)


def _require_inside(name: str, file: Path) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or str(path) != name:
        raise NotABackup(f"{file} names a file outside of itself: {name!r}")


def _bytes_of(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    source = archive.extractfile(member)
    if source is None:
        raise NotABackup(f"{member.name} is no file")
    return source


def _unpack_one(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> Packed:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    source = _bytes_of(archive, member)
    with open(target, "xb", opener=_private) as out:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
    return Packed(size, digest.hexdigest())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def files_below(folder: Path, names: Sequence[str]) -> dict[str, Path]:
    """The files of these names below `folder`, folders with all that is in them."""
    found: dict[str, Path] = {}
    for name in names:
        kept = folder / name
        inside = sorted(kept.rglob("*")) if kept.is_dir() else [kept]
        plain = (each for each in inside if each.is_file() and not each.is_symlink())
        found.update({str(each.relative_to(folder)): each for each in plain})
    return found
