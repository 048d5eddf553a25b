"""Starts appending.py as a process of its own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def an_appender(url: str, writer: str, turns: int, size: int) -> subprocess.Popen[str]:
    """A process that appends to this database and prints what was acknowledged."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.journal.appending", url, writer, str(turns), str(size)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
