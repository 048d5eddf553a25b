"""What is no whole backup of this shop is refused with a sentence, and nothing changes."""

import gzip
import json
import tarfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from board.backup_archive import NotABackup, read_manifest
from board.secret import NO_SECRET
from cli import main
from tests.keeping.conftest import KeptShop

Spoil = Callable[[Path], None]


@pytest.fixture
def kind() -> str:
    """One kind is enough: the archive is the same."""
    return "sqlite"


def rewritten(file: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """The archive again, with other members."""
    with tarfile.open(file) as archive:
        members = {}
        for member in archive:
            source = archive.extractfile(member)
            assert source is not None
            members[member.name] = source.read()
    change(members)
    with tarfile.open(file, "w:gz") as archive:
        for name, body in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, BytesIO(body))


def said(file: Path, key: str, value: object) -> None:
    """The archive with another word in its manifest."""

    def change(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifest.json"])
        manifest[key] = value
        members["manifest.json"] = json.dumps(manifest).encode()

    rewritten(file, change)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def halved(file: Path) -> None:
    body = file.read_bytes()
    file.write_bytes(body[: len(body) // 2])


def flipped(file: Path) -> None:
    body = bytearray(file.read_bytes())
    # Enough of them that some are no padding.
    for at in range(len(body) // 2, len(body) // 2 + 2048):
        body[at] ^= 0x10
    file.write_bytes(body)


def other_bytes(file: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        name = next(name for name in members if name.startswith("baylight."))
        members[name] = members[name][:-1] + b"!"

    rewritten(file, change)


def without_database(file: Path) -> None:
    rewritten(file, lambda members: members.pop(next(n for n in members if "baylight" in n)))


def with_a_stranger(file: Path) -> None:
    rewritten(file, lambda members: members.update({"../secret": b"ff"}))


def text(file: Path) -> None:
    file.write_text("this is no archive")


def empty(file: Path) -> None:
    file.write_bytes(b"")


def another_tar(file: Path) -> None:
    rewritten(file, lambda members: members.pop("manifest.json"))


def packed_noise(file: Path) -> None:
    file.write_bytes(gzip.compress(b"noise" * 5000))


def absent(file: Path) -> None:
    file.unlink()


def outside(file: Path) -> None:
    said(file, "files", {"../../outside": {"bytes": 1, "sha256": ""}})


def newer(file: Path) -> None:
    said(file, "revision", "9999")


def another_form(file: Path) -> None:
    said(file, "format", 2)


def another_key(file: Path) -> None:
    said(file, "secret", "someone else's")


def other_heads(file: Path) -> None:
    said(file, "heads", {"test": 1})


def other_kind(file: Path) -> None:
    kind = read_manifest(file).kind
    said(file, "kind", {"sqlite": "postgresql", "postgresql": "sqlite"}[kind])


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (cut, "not a whole backup|not whole|damaged"),
        (halved, "not a whole backup|not whole|damaged"),
        (flipped, "not a whole backup|damaged|not a backup"),
        (other_bytes, "damaged"),
        (without_database, "not whole"),
        (with_a_stranger, "does not name"),
        (text, "not a whole backup"),
        (empty, "not a whole backup"),
        (another_tar, "not a backup"),
        (packed_noise, "not a whole backup"),
        (absent, "there is no file"),
        (outside, "outside"),
        (newer, "newer"),
        (another_form, "another version"),
        (another_key, "master key"),
        (other_heads, "events"),
        (other_kind, "of its own kind"),
    ],
)
def test_it_is_refused_and_nothing_changes(kept: KeptShop, spoil: Spoil, sentence: str) -> None:
    """Falls over without the comparison of sums in `board.backup_archive.unpack`."""
    file = kept.backup()
    kept.receive(2)
    before = (kept.place(), kept.shop())
    spoil(file)
    with pytest.raises(ValueError, match=sentence):
        kept.restore(file)
    assert (kept.place(), kept.shop()) == before
    assert not list(kept.folder.glob(".restoring*"))


@pytest.fixture
def ours(kept: KeptShop, monkeypatch: pytest.MonkeyPatch) -> KeptShop:
    """The shop that the command line speaks of, with its key beside it."""
    monkeypatch.setenv("BAYLIGHT_DATA", str(kept.folder))
    monkeypatch.setenv("DATABASE_URL", kept.origin.database_url)
    (kept.folder / "secret").write_text(NO_SECRET.hex())
    return kept


def test_a_file_that_is_there_stays(ours: KeptShop, capsys: pytest.CaptureFixture[str]) -> None:
    file = ours.folder.parent / "there.tar.gz"
    assert main(["backup", str(file)]) == 0
    before = file.read_bytes()
    ours.receive(2)
    assert main(["backup", str(file)]) == 1
    assert "--force" in capsys.readouterr().err
    assert file.read_bytes() == before
    assert main(["backup", str(file), "--force"]) == 0
    assert str(ours.folder / "secret") in capsys.readouterr().out
    assert read_manifest(file).heads == {"test": ours.place()[1]}
    assert file.stat().st_mode & 0o777 == 0o600
    assert set(read_manifest(file).files) == {"baylight.db"}


@pytest.mark.parametrize("name", ["secret", "baylight.db", "sensors.toml", "../letter.txt"])
def test_only_a_backup_is_replaced(
    ours: KeptShop,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    """Falls over without `_require_free`: the master key would be an archive afterwards."""
    (ours.folder / "../letter.txt").write_text("precious")
    file = ours.folder / name
    before = file.read_bytes() if file.exists() else None
    assert main(["backup", str(file), "--force"]) == 1
    assert name.removeprefix("../") in capsys.readouterr().err
    assert (file.read_bytes() if file.exists() else None) == before


def test_the_sentence_names_the_file(ours: KeptShop, capsys: pytest.CaptureFixture[str]) -> None:
    file, wrong = ours.folder / "kept.tar.gz", ours.folder / "wrong.jsonl"
    wrong.write_text("no list\n")
    assert main(["backup", str(file)]) == 0
    assert main(["restore", str(ours.folder), "--yes"]) == 1
    assert f"{ours.folder} is a folder" in capsys.readouterr().err
    for named, reason in ((wrong, "is not a list of erasures"), (ours.folder, "cannot be read")):
        assert main(["restore", str(file), "--yes", "--erasures", str(named)]) == 1
        assert f"{named} {reason}" in capsys.readouterr().err


def test_restoring_asks_first_and_needs_the_master_key(
    ours: KeptShop, capsys: pytest.CaptureFixture[str]
) -> None:
    (ours.folder / "secret").unlink()
    file, place = ours.backup(), ours.place()
    assert main(["restore", str(file), "--yes"]) == 1
    assert "BAYLIGHT_SECRET_FILE" in capsys.readouterr().err
    assert not (ours.folder / "secret").exists()
    (ours.folder / "secret").write_text(NO_SECRET.hex())
    file.unlink()
    assert main(["backup", str(file)]) == 0
    assert main(["restore", str(file)]) == 1
    assert "--yes" in capsys.readouterr().err
    assert ours.place() == place
    assert main(["restore", str(file), "--yes"]) == 0
    assert ours.place()[0] != place[0]


def test_what_was_no_backup_says_so() -> None:
    with pytest.raises(NotABackup, match="there is no file"):
        read_manifest(Path("/nowhere/at/all"))
