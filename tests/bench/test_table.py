"""The table of figures: nothing that goes wrong passes for a figure that was met."""

import sys
import time
from pathlib import Path

import pytest

from bench import table
from bench.page import keep
from bench.table import BEGIN, END, Outcome, Row, put_between_marks, report, run, spread

MET = Row("a", "≤ 1", "0.9", True)


@pytest.fixture
def subjects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a bench/ of its own, whose subjects the test writes."""
    bench = tmp_path / "bench"
    bench.mkdir()
    (bench / "table.py").write_text(Path(table.__file__).read_text())
    monkeypatch.setattr(table, "HOME", tmp_path)
    return bench


def test_rows_come_back_from_a_process_of_their_own(subjects: Path) -> None:
    (subjects / "fine.py").write_text(
        "from bench.table import Row\ndef rows(): return [Row('n', 'm', 'x', True)]\n"
    )
    outcome = run("fine", 30)
    assert (outcome.rows, outcome.met) == ((Row("n", "m", "x", True),), True)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def rows(): raise ValueError('the floor gave way')", "the floor gave way"),
        ("import os\ndef rows(): os._exit(0)", "exit code 0"),
        ("def rows(): return []", "it measured nothing"),
        ("import time\ndef rows(): time.sleep(60)", "took longer than 1 s"),
    ],
)
def test_a_subject_that_fails_is_a_miss_that_shows_its_last_words(
    subjects: Path, code: str, said: str
) -> None:
    (subjects / "poor.py").write_text(code)
    outcome = run("poor", 1 if "sleep" in code else 30)
    assert not outcome.met
    assert said in report([outcome], "machine")


def test_a_subject_leaves_no_process_behind(subjects: Path, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    (subjects / "untidy.py").write_text(
        "import subprocess, sys\n"
        f"def rows(): open({str(pid)!r}, 'w').write(str(subprocess.Popen("
        f"({sys.executable!r}, '-c', 'import time; time.sleep(60)')).pid)); return []\n"
    )
    run("untidy", 30)
    deadline = time.monotonic() + 10
    while _lives(int(pid.read_text())) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _lives(int(pid.read_text()))


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_one_missed_row_misses_the_subject() -> None:
    missed = Row("c", "≤ 1", "1.1", False)
    outcome = Outcome("mixed", 1.0, (MET, missed))
    assert not outcome.met
    assert "**missed**" in report([outcome], "machine")


def test_the_table_replaces_the_one_before_and_nothing_else() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert put_between_marks(page, "fresh") == f"before\n{BEGIN}\n\nfresh\n\n{END}\nafter\n"
    with pytest.raises(ValueError, match="has no"):
        put_between_marks("a page without marks", "fresh")


def test_a_spread_names_the_median_and_the_rounds() -> None:
    assert spread([1.19, 1.22, 1.26], "×") == "1.22 × (median of 3: 1.19–1.26)"


def test_a_subject_that_is_run_alone_replaces_its_own_rows_only(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"{BEGIN}\n{END}\n")
    for outcome in (
        Outcome("late", 1.0, (Row("late", "m", "first", True),)),
        Outcome("early", 1.0, (Row("early", "m", "only", True),)),
        Outcome("late", 1.0, (Row("late", "m", "second", False),)),
    ):
        keep(outcome, ("early", "late"), page)
    text = page.read_text()
    assert "first" not in text
    assert text.index("only") < text.index("second")


def test_rows_of_another_machine_are_dropped(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"{BEGIN}\n{END}\n")
    keep(Outcome("early", 1.0, (Row("early", "m", "elsewhere", True),)), ("early", "late"), page)
    file = page.with_suffix(".json")
    file.write_text(file.read_text().replace("Measured on", "Measured once on"))
    keep(Outcome("late", 1.0, (MET,)), ("early", "late"), page)
    assert "elsewhere" not in page.read_text()
