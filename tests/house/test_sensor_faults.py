"""The table of what sensors do: every row is there, and every test that it names."""

import re

from tests.house.source import ROOT, functions

PAGE = ROOT / "docs" / "sensor-faults.md"
ROW = re.compile(r"\| (\d+) \| [^|]+ \| [^|]+ \| ([^|]+) \|")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FAULTS = 28


def test_every_row_is_there_and_names_its_test() -> None:
    rows = [found for line in PAGE.read_text().splitlines() if (found := ROW.fullmatch(line))]
    assert [int(row[1]) for row in rows] == list(range(1, FAULTS + 1))
    without = [row[1] for row in rows if not NAMED.search(row[2])]
    assert not without, f"no test is named in rows {', '.join(without)}"


def test_every_test_that_is_named_exists() -> None:
    named = NAMED.findall(PAGE.read_text())
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).exists() or name not in {one.name for one in functions(file)}
    ]
    assert not missing, ", ".join(missing)
