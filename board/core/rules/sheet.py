"""The reception sheet and its signature: what may be noted when, and what is signed."""

import re
from dataclasses import replace

from board.core import commands as c
from board.core import events as e
from board.core.events import Event
from board.core.job import Flag, Job
from board.core.lines import Line, LineState
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule
from board.core.rules.extra_holds import hold_follows
from board.core.rules.limits import length_fault, text_fault
from board.core.rules.lines import work_is_over
from board.core.sheet import FULL_TANK, Mark, Sheet, ordered_lines, what_is_signed
from board.core.workflow import Lane, State

MOST_MARKS = 24
MOST_PHOTOS = 30
_MOST_STROKES = 20_000
_MOST_ITEMS, _MOST_NOTE, _MOST_NAME = 500, 200, 60
_MOST_KM, _MOST_ASKED = 9_999_999, 2000
_PHOTO = re.compile(r"[0-9a-f]{64}")
_STROKE = r"\d{1,4},\d{1,4}(?: \d{1,4},\d{1,4})+"
_STROKES = re.compile(rf"(?:{_STROKE}(?:;{_STROKE})*)?", re.ASCII)
_BEFORE_SIGNING = frozenset({State.arrived, State.receiving})


@job_rule.register
def _save(command: c.SaveSheet, job: Job, case: Case) -> Outcome:
    refused = (
        _not_here(job, case)
        or _stale(command.edition, job)
        or _reason_fault(command, job)
        or sheet_fault(command.sheet)
        or _order_fault(command)
    )
    if refused is not None:
        return refused
    sheet = replace(command.sheet, items=command.sheet.items.strip())
    known = job.reception
    saved: tuple[Event, ...] = ()
    if known is None or known.sheet != sheet:
        saved = (e.SheetSaved(job.id, sheet, edition_of(job) + 1, command.reason),)
    return (*saved, *_described(command, job), *_flagged(sheet, job))


def edition_of(job: Job) -> int:
    """How often the sheet of the job has been saved."""
    return job.reception.edition if job.reception else 0


def _not_here(job: Job, case: Case) -> Refused | None:
    away = case.shop.workflow.lane_of(job.state) == Lane.arrivals
    return Refused("not_here", job=job.id) if away else None


def _stale(edition: int | None, job: Job) -> Refused | None:
    return None if edition in (None, edition_of(job)) else Refused("stale", job=job.id)


def _reason_fault(command: c.SaveSheet, job: Job) -> Refused | None:
    """What was signed, or is being worked on, is not changed without a word."""
    if job.state in _BEFORE_SIGNING or command.reason.strip():
        return None
    return Refused("reason_needed", fields=("reason",))


def sheet_fault(sheet: Sheet) -> Refused | None:
    """Why a sheet cannot be kept as it is; fields are named as in the command."""
    if sheet.fuel is not None and not 0 <= sheet.fuel <= FULL_TANK:
        return Refused("number_wrong", fields=("sheet.fuel",))
    if len(sheet.marks) > MOST_MARKS:
        return Refused("marks_full", {"limit": MOST_MARKS}, ("sheet.marks",))
    return (
        length_fault(sheet.items, _MOST_ITEMS, "sheet.items")
        or _photos_fault(sheet.photos, "sheet.photos")
        or next(filter(None, map(_mark_fault, sheet.marks)), None)
    )


def _mark_fault(mark: Mark) -> Refused | None:
    if not (0 <= mark.x <= 1 and 0 <= mark.y <= 1):
        return Refused("number_wrong", fields=("sheet.marks",))
    return text_fault(mark.note, _MOST_NOTE, "sheet.marks") or _photos_fault(
        mark.photos, "sheet.marks"
    )


def _photos_fault(photos: tuple[str, ...], field: str) -> Refused | None:
    if len(photos) > MOST_PHOTOS:
        return Refused("photos_full", {"limit": MOST_PHOTOS}, (field,))
    sound = all(_PHOTO.fullmatch(photo) for photo in photos)
    return None if sound else Refused("photo_wrong", fields=(field,))


def _order_fault(command: c.SaveSheet) -> Refused | None:
    if command.mileage is not None and not 0 <= command.mileage <= _MOST_KM:
        return Refused("number_wrong", fields=("mileage",))
    return length_fault(command.asked or "", _MOST_ASKED, "asked")


def _described(command: c.SaveSheet, job: Job) -> tuple[Event, ...]:
    mileage = job.car.mileage if command.mileage is None else command.mileage
    asked = job.asked if command.asked is None else command.asked.strip()
    if (mileage, asked) == (job.car.mileage, job.asked):
        return ()
    car = replace(job.car, mileage=mileage)
    return (e.JobDescribed(job.id, car, job.customer, asked, job.kind, job.keys, job.advisor),)


def _flagged(sheet: Sheet, job: Job) -> tuple[Event, ...]:
    """The flags follow what was agreed; what was not asked leaves them alone."""
    wanted = {
        Flag.waiting: sheet.waiting,
        Flag.no_wash: None if sheet.wash is None else not sheet.wash,
    }
    added = frozenset(flag for flag, want in wanted.items() if want is True) - job.flags
    removed = frozenset(flag for flag, want in wanted.items() if want is False) & job.flags
    return (e.FlagsChanged(job.id, added, removed),) if added or removed else ()


@job_rule.register
def _sign(command: c.SignOrder, job: Job, case: Case) -> Outcome:
    refused = _signature_fault(command)
    if refused is not None:
        return refused
    signs = what_is_signed(job)
    if command.seen not in ("", signs):
        return Refused("stale", job=job.id)
    onward = _onward(command, job, case)
    if isinstance(onward, Refused):
        return onward
    approves = _approved_anew(job, case)
    signed = e.OrderSigned(
        job.id,
        signs,
        command.signer.strip(),
        command.strokes,
        command.paper.strip(),
        approves,
    )
    if not approves:
        return (signed, *onward)
    after = replace(job, lines=tuple(_signed(line, approves) for line in job.lines))
    return (signed, *(onward or hold_follows(job, after, case)))


def _approved_anew(job: Job, case: Case) -> tuple[str, ...]:
    """Signed lines that got dearer: whoever signs anew says yes to them, while there is work."""
    if work_is_over(job, case) is not None:
        return ()
    return tuple(line.id for line in ordered_lines(job) if line.agreed_price is not None)


def _signed(line: Line, approves: tuple[str, ...]) -> Line:
    return replace(line, state=LineState.approved) if line.id in approves else line


def _signature_fault(command: c.SignOrder) -> Refused | None:
    if not command.strokes and not command.on_paper:
        return Refused("signature_needed", fields=("strokes",))
    if len(command.strokes) > _MOST_STROKES or not _STROKES.fullmatch(command.strokes):
        return Refused("signature_wrong", fields=("strokes",))
    return text_fault(command.signer, _MOST_NAME, "signer") or text_fault(
        command.paper, _MOST_NAME, "paper"
    )


def _onward(command: c.SignOrder, job: Job, case: Case) -> Outcome:
    """Out of reception the signature leads to dispatch; an order that is there is signed anew."""
    state = job.hold.from_state if job.hold else job.state
    if case.shop.workflow.lane_of(state) not in {Lane.arrivals, Lane.reception}:
        return ()
    move = c.MoveJob(job=job.id, to=State.awaiting_dispatch, reason=command.reason)
    return job_rule(move, job, case)
