"""What somebody at the car writes down or photographs: it stops nothing and stays with the job."""

import pytest

from board.core import commands as c
from tests.builders import ANNA, TOM, Trial, dispatched

PHOTO = "ab" * 32


def test_a_note_stays_with_the_order_and_changes_nothing_else() -> None:
    trial = dispatched(Trial())
    before = trial.job()
    after = trial.do(c.NoteJob(job="j1", note=" rust at the sill ", photos=(PHOTO, PHOTO)), TOM)
    job = after.job()
    assert (job.state, job.version, job.lines) == (before.state, before.version, before.lines)
    assert [(one.by, one.note, one.photos) for one in job.notes] == [
        ("person:tom", "rust at the sill", (PHOTO,))
    ]
    assert after.do(c.UndoMove(job="j1"), TOM).job().notes == ()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.NoteJob(job="j1"), "text_needed"),
        (c.NoteJob(job="j1", photos=("../x",)), "photo_wrong"),
        (c.NoteJob(job="j1", photos=tuple(f"{n:064x}" for n in range(13))), "too_many"),
        (c.NoteJob(job="j1", note="x", line="9"), "unknown_line"),
    ],
)
def test_what_is_no_note_is_refused(command: c.NoteJob, code: str) -> None:
    dispatched(Trial()).when(command, TOM).then_refused(code)


def test_notes_of_an_order_have_an_end() -> None:
    trial = dispatched(Trial())
    for number in range(100):
        trial = trial.do(c.NoteJob(job="j1", note=str(number)), ANNA)
    trial.when(c.NoteJob(job="j1", note="one more"), ANNA).then_refused("too_many")
