"""What was expected of a booked car becomes words and lines of its order when it is received."""

import re

from board.core import events as e
from board.core.catalogue import CatalogueItem
from board.core.job import Job
from board.core.rules.case import Case
from board.core.rules.catalogue import MOST_SIGNS_OF_TEXT
from board.core.rules.lines import MOST_LINES

_BETWEEN_WORKS = re.compile(r"[\n;；]")


def expected_words(job: Job) -> tuple[e.JobDescribed, ...]:
    """The words of the appointment as what the customer asks for, unless the order has words."""
    asked = job.appointment.work.strip()
    if job.asked or not asked:
        return ()
    named = (job.kind, job.keys, job.advisor)
    return (e.JobDescribed(job.id, job.car, job.customer, asked, *named),)


def expected_lines(job: Job, case: Case) -> tuple[e.LineAdded, ...]:
    """The lines that the appointment expects and the order has not; () without an appointment."""
    codes, texts = {line.code for line in job.lines}, {line.text for line in job.lines}
    wanted = [
        item
        for item in _works(job, case)
        if item.text not in texts and not (item.code and item.code in codes)
    ]
    room = max(MOST_LINES - len(job.lines), 0)
    numbered = enumerate(wanted[:room], job.highest_line + 1)
    return tuple(_added(job.id, str(number), item) for number, item in numbered)


def _works(job: Job, case: Case) -> list[CatalogueItem]:
    """By codes where codes were given; they stand for the words, which the sheet still tells."""
    wishes = job.appointment
    if wishes.codes:
        return [_known(code, case) for code in wishes.codes]
    texts = (text.strip()[:MOST_SIGNS_OF_TEXT] for text in _BETWEEN_WORKS.split(wishes.work))
    works = [CatalogueItem("", text) for text in dict.fromkeys(texts) if text]
    # How long it takes in all was guessed for the whole of it.
    return [CatalogueItem("", works[0].text, wishes.hours or 0.0), *works[1:]] if works else []


def _known(code: str, case: Case) -> CatalogueItem:
    """The item of the catalogue; a code that it lacks is told as text."""
    return case.shop.catalogue.get(code) or CatalogueItem("", code)


def _added(job_id: str, line_id: str, item: CatalogueItem) -> e.LineAdded:
    return e.LineAdded(
        job_id,
        line_id,
        item.text,
        item.standard_hours,
        code=item.code,
        kind=item.kind,
        price=item.price,
        parts_price=item.parts_price,
        skill=item.skill,
        bay_kind=item.bay_kind,
    )
