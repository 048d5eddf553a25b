"""The index of every job ever seen: what a job is found by, and how a typed query matches.

A projection, rebuildable from the journal. Knows nothing of where the rows are kept.
"""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from board.core.hold_times import HoldSpell, Stretch, Waited

SHORTEST_PLATE_PART = 3
SHORTEST_VIN_TAIL = 6
SHORTEST_PHONE_TAIL = 4
KEPT_PHONE_DIGITS = 8


@dataclass(frozen=True, slots=True)
class IndexedJob:
    """One job as search shows it; `seq` is the entry it was last changed by.

    Of a phone number only the last eight digits are kept, whatever was given. `holds` is kept
    beside what is found: None leaves them as they are.
    """

    job_id: str
    number: str
    state: str
    seq: int
    kind: str = ""
    plate: str = ""
    vin: str = ""
    ticket: str = ""
    phone_tail: str = ""
    customer: str = ""
    arrived_at: datetime | None = None
    closed_at: datetime | None = None
    holds: tuple[HoldSpell, ...] | None = None


class JobIndex(Protocol):
    """Finds jobs by plate, VIN, ticket, order number or the end of a phone number, and adds up how
    long they were held.
    """

    def note(self, shop_id: str, rows: Sequence[IndexedJob]) -> None:
        """Keep these rows; a row older (by seq) than the one kept changes nothing."""

    def drop(self, shop_id: str, job_ids: Collection[str]) -> None:
        """Forget these jobs, because they were erased."""

    def find(self, shop_id: str, query: str, limit: int = 20) -> list[IndexedJob]:
        """Return the jobs the query matches, newest arrival first, not yet arrived before all."""

    def waits(self, shop_id: str, within: Stretch) -> list[Waited]:
        """Return what cars waited for in a stretch of time, the longest wait first."""

    def clear(self, shop_id: str) -> None:
        """Forget the shop's rows, to note them again from the journal."""


def normalised(text: str) -> str:
    """Return the text as it is compared: full width folded, upper case, letters and digits only."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in folded if character.isalnum())


def phone_digits(text: str) -> str:
    """Return the last eight digits of a phone number, the part that is kept."""
    digits = "".join(character for character in normalised(text) if character in "0123456789")
    return digits[-KEPT_PHONE_DIGITS:]


def as_kept(job: IndexedJob) -> IndexedJob:
    """Return the row with what must not be kept cut away."""
    return replace(job, phone_tail=phone_digits(job.phone_tail), holds=None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query taken apart: a part is empty where the query is too short for it."""

    whole: str
    plate_part: str
    vin_tail: str
    phone_tail: str


def wanted(query: str) -> Wanted | None:
    """Return what the query asks for, None when nothing is left of it."""
    text = normalised(query)
    if not text:
        return None
    digits = phone_digits(text) if all(c in "0123456789" for c in text) else ""
    return Wanted(
        whole=text,
        plate_part=text if len(text) >= SHORTEST_PLATE_PART else "",
        vin_tail=text if len(text) >= SHORTEST_VIN_TAIL else "",
        phone_tail=digits if len(digits) >= SHORTEST_PHONE_TAIL else "",
    )


def tokens(job: IndexedJob) -> set[str]:
    """Everything but its order number that finds the job: one token for each way to ask."""
    plate, vin = normalised(job.plate), normalised(job.vin)
    given = {"plate": plate, "vin": vin, "ticket": normalised(job.ticket)}
    return {
        *(f"{kind}={text}" for kind, text in given.items() if text),
        *(f"plate<{part}" for part in _starts(plate, SHORTEST_PLATE_PART)),
        *(f"plate>{part}" for part in _ends(plate, SHORTEST_PLATE_PART)),
        *(f"vin>{part}" for part in _ends(vin, SHORTEST_VIN_TAIL)),
        *(f"phone>{part}" for part in _ends(phone_digits(job.phone_tail), SHORTEST_PHONE_TAIL)),
    }


def tokens_wanted(want: Wanted) -> set[str]:
    """The tokens of which a job has at least one when the query asks for it."""
    parts = {
        "plate<": want.plate_part,
        "plate>": want.plate_part,
        "vin>": want.vin_tail,
        "phone>": want.phone_tail,
    }
    whole = {f"{kind}={want.whole}" for kind in ("plate", "vin", "ticket")}
    return whole | {kind + part for kind, part in parts.items() if part}


def matches(job: IndexedJob, want: Wanted) -> bool:
    """Tell whether the job is one the query asks for."""
    return normalised(job.number) == want.whole or not tokens(job).isdisjoint(tokens_wanted(want))


def _starts(text: str, shortest: int) -> Iterator[str]:
    return (text[:end] for end in range(shortest, len(text) + 1))


def _ends(text: str, shortest: int) -> Iterator[str]:
    return (text[start:] for start in range(len(text) - shortest + 1))
