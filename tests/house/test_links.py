"""Every link and every file named in the documentation leads somewhere."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.house.source import ROOT

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*/?")
OF_CODE = (".py", ".md", ".html", ".js", ".css")


@cache
def _files() -> frozenset[str]:
    """Every file of the project, new ones too, as a path from its root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    kept = {path for path in found.splitlines() if (ROOT / path).is_file()}
    return frozenset(kept or (str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file()))


@cache
def _folders() -> frozenset[str]:
    return frozenset(str(above) for path in _files() for above in Path(path).parents)


def _pages() -> list[str]:
    return sorted(path for path in _files() if path.endswith(".md"))


def _prose(page: str) -> str:
    return FENCE.sub("", (ROOT / page).read_text())


def _exists(path: str) -> bool:
    name = path.rstrip("/")
    if "*" in name:
        return any(Path(file).match(name) for file in _files())
    return name in _files() or name in _folders()


def _leads(page: str, target: str) -> bool:
    place = ROOT / Path(page).parent / target.partition("#")[0]
    return place.resolve().exists()


def _is_ours(word: str) -> bool:
    """Whether a word in code letters names a file of ours: by its folder, or by its ending."""
    if not PATH.fullmatch(word):
        return False
    first, slash, _ = word.partition("/")
    return first in _folders() if slash else word.endswith(OF_CODE)


def _is_there(word: str) -> bool:
    by_name = "/" not in word and any(Path(file).name == word for file in _files())
    return by_name or _exists(word)


def test_pages_are_found() -> None:
    assert {"README.md", "docs/live.md"} <= set(_pages())


@pytest.mark.parametrize("page", _pages())
def test_every_link_leads_somewhere(page: str) -> None:
    targets = [target for target in LINK.findall(_prose(page)) if "://" not in target]
    wrong = [one for one in targets if not one.startswith("#") and not _leads(page, one)]
    assert not wrong, ", ".join(wrong)


@pytest.mark.parametrize("page", _pages())
def test_every_file_that_is_named_exists(page: str) -> None:
    named = [word for text in CODE.findall(_prose(page)) for word in text.split()]
    wrong = sorted({word for word in named if _is_ours(word) and not _is_there(word)})
    assert not wrong, ", ".join(wrong)
