"""The scripts of walls are small. That old browsers understand them: test_old_engines.py."""

import gzip
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "templates" / "wall.html").read_text()


def test_all_scripts_of_a_wall_are_small_as_sent() -> None:
    """docs/decisions says why packed counts."""
    linked = re.findall(r'<script src="/(static/[\w./]+)', PAGE)
    assert {"static/wall.js", "static/screen.js", "static/speak.js"} <= set(linked)
    assert PAGE.count("<script") == len(linked), "each is counted"
    assert sum(len(gzip.compress((ROOT / name).read_bytes())) for name in linked) <= 6144
