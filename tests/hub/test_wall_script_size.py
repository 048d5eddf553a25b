"""The scripts of walls: small, and in words that a browser of 2016 understands."""

import gzip
import re
from pathlib import Path

import pytest

SCRIPTS = ("wall.js", "screen.js")
SOURCE = Path(__file__).parents[2] / "static" / "wall.js"

NEWER = {
    "declaration": r"\b(let|const|class|import|export|async|await|yield)\b",
    "arrow": r"=>",
    "template string": r"`",
    "spread or rest": r"\.\.\.",
    "optional chaining": r"\?\.(?!\d)|\?\?",
    "power": r"\*\*",
    "for of": r"\bfor\s*\([^;)]*\bof\b",
    "default parameter": r"function\s*\w*\([^)]*=",
    "newer interface": r"\b(fetch|Promise|Symbol|Map|Set|Proxy|Reflect|URLSearchParams)\b",
    "newer method": r"\.(includes|padStart|entries|values|flat|at|replaceWith|append|prepend"
    r"|closest|matches|assign|from|find|startsWith|endsWith|repeat|finally|replaceAll|toggleAttribute)\(",
}


def test_all_scripts_of_a_wall_are_small_as_sent() -> None:
    sources = [SOURCE.with_name(name).read_bytes() for name in SCRIPTS]
    assert sum(len(gzip.compress(source)) for source in sources) <= 6144


@pytest.mark.parametrize("name", [*SCRIPTS, "screen_code.js"])
def test_the_scripts_of_walls_are_es5(name: str) -> None:
    source = SOURCE.with_name(name).read_text()
    bare = re.sub(r"/\*.*?\*/|'(?:\\.|[^'\\])*'|/\\[?S]\+?/g?", "''", source, flags=re.DOTALL)
    found = {name: re.findall(pattern, bare) for name, pattern in NEWER.items()}
    assert {name: hits for name, hits in found.items() if hits} == {}
