"""The name of what pages are made of: another one after every change of their files."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def build_name(folders: Iterable[Path]) -> str:
    """Twelve letters that change when a template, style, script or catalogue does."""
    found = hashlib.sha256()
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*.*") if path.is_file()):
            found.update(file.read_bytes())
    return found.hexdigest()[:12]
