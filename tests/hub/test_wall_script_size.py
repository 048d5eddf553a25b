"""The scripts of walls are small. That old browsers understand them: test_old_engines.py."""

import gzip
from pathlib import Path

SCRIPTS = ("wall.js", "screen.js")
SOURCE = Path(__file__).parents[2] / "static" / "wall.js"


def test_all_scripts_of_a_wall_are_small_as_sent() -> None:
    sources = [SOURCE.with_name(name).read_bytes() for name in SCRIPTS]
    assert sum(len(gzip.compress(source)) for source in sources) <= 6144
