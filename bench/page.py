"""The page of figures: each subject's newest rows, kept beside it, so that one may be run alone.

Rows of another machine are dropped: what stands in one table was measured on one machine.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench.table import HOME, Outcome, Row, machine, put_between_marks, report

PAGE = HOME / "docs" / "performance.md"


def keep(outcome: Outcome, order: Sequence[str], page: Path = PAGE) -> None:
    """Put a subject's outcome in place of its former one, in the file and on the page."""
    file = page.with_suffix(".json")
    kept = {each.subject: each for each in _kept(file)} | {outcome.subject: outcome}
    outcomes = [kept[subject] for subject in order if subject in kept]
    said = {"machine": machine(), "outcomes": [asdict(each) for each in outcomes]}
    file.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    page.write_text(put_between_marks(page.read_text(), report(outcomes, machine())))


def _kept(file: Path) -> list[Outcome]:
    if not file.exists():
        return []
    said = json.loads(file.read_text())
    if said["machine"] != machine():
        return []
    return [_outcome(each) for each in said["outcomes"]]


def _outcome(said: dict[str, object]) -> Outcome:
    rows = said["rows"]
    assert isinstance(rows, list)
    return Outcome(**{**said, "rows": tuple(Row(**row) for row in rows)})  # type: ignore[arg-type]
