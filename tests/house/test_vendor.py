"""Vendored files are exactly those that VERSIONS names."""

from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("static/vendor", "tests/vendor")


def rows(folder: Path) -> dict[str, list[str]]:
    """{file: [package, version, sha256, licence]} of a VERSIONS file."""
    lines = (folder / "VERSIONS").read_text().splitlines()
    cells = [line.split() for line in lines if not line.startswith("#")]
    return {file: rest for file, *rest in cells}


@pytest.mark.parametrize("name", FOLDERS)
def test_every_vendored_file_has_the_hash_it_was_taken_with(name: str) -> None:
    folder = ROOT / name
    for file, (_package, _version, wanted, _licence) in rows(folder).items():
        assert sha256((folder / file).read_bytes()).hexdigest() == wanted, file


@pytest.mark.parametrize("name", FOLDERS)
def test_no_vendored_file_is_unlisted(name: str) -> None:
    folder = ROOT / name
    present = {path.name for path in folder.iterdir()}
    licences = {file for file in present if file.startswith("LICENSE.")}
    assert present - licences - {"VERSIONS"} == set(rows(folder))
    assert len(licences) == len(rows(folder)), "each package brings its licence"
