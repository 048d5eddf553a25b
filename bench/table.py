"""The table of figures: what a row is, how a subject is run, what the table says of the machine.

Knows no subject. A subject is a module `bench.<name>` with `rows()`, run in a process of its own.
"""

import contextlib
import importlib
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
LAST_LINES = 15
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured in words, what it must reach, what came out."""

    name: str
    must: str
    measured: str
    met: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one subject; `trouble` holds its last lines when it gave no rows.

    `at` says of which commit, when, and how busy the machine was before.
    """

    subject: str
    seconds: float
    rows: tuple[Row, ...]
    trouble: str = ""
    at: str = ""

    @property
    def met(self) -> bool:
        """Whether it ended, and every row is met."""
        return not self.trouble and bool(self.rows) and all(row.met for row in self.rows)


def spread(values: Sequence[float], unit: str = "", digits: int = 2) -> str:
    """The median and how far the rounds lay apart: "1.22 × (median of 5: 1.19–1.26)"."""
    middle, low, high = (
        f"{value:.{digits}f}" for value in (statistics.median(values), min(values), max(values))
    )
    return f"{middle}{unit and ' '}{unit} (median of {len(values)}: {low}–{high})"


def show(rows: Sequence[Row]) -> int:
    """Print a subject that runs alone; the exit code, 1 when a row misses."""
    sys.stdout.write("\n".join(table(rows)) + "\n")
    return int(not rows or not all(row.met for row in rows))


def run(subject: str, limit_seconds: float) -> Outcome:
    """Run a subject in a process of its own, and end whatever it leaves behind.

    Neither an exception, nor a crash, nor too long a run raises: all are trouble.
    """
    start, at = time.monotonic(), moment()
    with tempfile.TemporaryDirectory(prefix="baylight-bench-") as folder:
        file, said = Path(folder) / "rows.json", Path(folder) / "said.txt"
        code = _finish(subject, file, said, limit_seconds)
        seconds = time.monotonic() - start
        if code == 0 and file.exists():
            rows = tuple(Row(**row) for row in json.loads(file.read_text()))
            return Outcome(subject, seconds, rows, "" if rows else "it measured nothing", at)
        last = said.read_text(errors="replace").splitlines()[-LAST_LINES:]
    why = f"took longer than {limit_seconds:.0f} s" if code is None else f"exit code {code}"
    return Outcome(subject, seconds, (), "\n".join([why, *last]), at)


def _finish(subject: str, file: Path, said: Path, limit_seconds: float) -> int | None:
    """Its exit code; None when it had to be ended."""
    call = f"from bench.table import hand_over; hand_over({subject!r}, {str(file)!r})"
    with said.open("wb") as output:
        process = subprocess.Popen(
            (sys.executable, "-c", call),
            cwd=HOME,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            return process.wait(limit_seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            # The group is the subject's own: servers and clients that it forgot end with it.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def hand_over(subject: str, file: str) -> None:
    """Measure a subject and leave its rows in a file; runs in the subject's process."""
    rows: Sequence[Row] = importlib.import_module(f"bench.{subject}").rows()
    Path(file).write_text(json.dumps([asdict(row) for row in rows]))


def table(rows: Sequence[Row]) -> list[str]:
    """Rows as lines of Markdown."""
    head = ["| Measured | Must | Result | |", "|---|---|---|---|"]
    return head + [
        f"| {row.name} | {row.must} | {row.measured} | {'met' if row.met else '**missed**'} |"
        for row in rows
    ]


def report(outcomes: Sequence[Outcome], machine: str) -> str:
    """The whole table; a subject in trouble is a missed row, told in full below."""
    lines = ["| Measured | Must | Result | | Subject, and when |", "|---|---|---|---|---|"]
    for each in outcomes:
        rows = each.rows or (Row(f"`bench.{each.subject}`", "a result", "none", False),)
        lines += [f"{line} `{each.subject}`, {each.at} |" for line in table(rows)[2:]]
    troubles = [
        f"`bench.{each.subject}` failed:\n\n```\n{each.trouble}\n```"
        for each in outcomes
        if each.trouble
    ]
    return "\n\n".join([machine, "\n".join(lines), *troubles])


def moment() -> str:
    """Which commit is measured, when, and how busy the machine was before."""
    changed = _git("status", "--porcelain", "--", ".", ":!docs/performance.*")
    commit = _git("rev-parse", "--short", "HEAD") + (
        " with changes not committed" if changed else ""
    )
    return f"{commit}, {datetime.now(UTC):%Y-%m-%d %H:%M}, load {os.getloadavg()[0]:.1f}"


def machine() -> str:
    """What is measured on: one sentence. How its kernel was packed makes no other machine."""
    kernel = platform.release().partition("-")[0]
    return (
        f"Measured on {_cpu_model()}, {os.cpu_count()} cores, "
        f"{platform.system()} {kernel}, Python {platform.python_version()}."
    )


def _git(*words: str) -> str:
    done = subprocess.run(("git", *words), cwd=HOME, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _cpu_model() -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def put_between_marks(page: str, text: str) -> str:
    """A page with its old table replaced. ValueError if it has no place for one."""
    before, begin, rest = page.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"
