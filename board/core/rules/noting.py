"""Notes and photos from the car: whose job it must be, and how many fit."""

import re

from board.core import commands as c
from board.core import events as e
from board.core.job import Job
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule
from board.core.rules.lines import foreign_job

MOST_NOTES = 100
MOST_PHOTOS = 12
_PHOTO = re.compile(r"[0-9a-f]{64}")


@job_rule.register
def _note(command: c.NoteJob, job: Job, case: Case) -> Outcome:
    refused = foreign_job(command, job, case) or _note_fault(command, job)
    if refused is not None:
        return refused
    photos = tuple(dict.fromkeys(command.photos))
    return (e.JobNoted(job.id, command.note.strip(), photos, command.line),)


def _note_fault(command: c.NoteJob, job: Job) -> Refused | None:
    if command.line and job.line(command.line) is None:
        return Refused("unknown_line", job=job.id)
    if not command.note.strip() and not command.photos:
        return Refused("text_needed", fields=("note",))
    if len(command.photos) > MOST_PHOTOS:
        return Refused("too_many", {"limit": MOST_PHOTOS}, ("photos",))
    if len(job.notes) >= MOST_NOTES:
        return Refused("too_many", {"limit": MOST_NOTES}, ("note",))
    wrong = not all(_PHOTO.fullmatch(photo) for photo in command.photos)
    return Refused("photo_wrong", fields=("photos",)) if wrong else None
