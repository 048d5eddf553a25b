"""Events about the parts of a line."""

from dataclasses import dataclass
from datetime import datetime

from board.core.personal import Personal


@dataclass(frozen=True)
class PartRequested:
    """Somebody asked the parts store for a part."""

    job: str
    line: str
    part: str
    text: Personal
    number: Personal = ""
    quantity: float = 1.0


@dataclass(frozen=True)
class PartPicked:
    """A part lies ready at the counter."""

    job: str
    line: str
    part: str


@dataclass(frozen=True)
class PartOrdered:
    """A part was ordered, or is expected at another time than before."""

    job: str
    line: str
    part: str
    expected: datetime


@dataclass(frozen=True)
class PartIssued:
    """A part was handed to somebody; `signed`: they said so themselves."""

    job: str
    line: str
    part: str
    receiver: str
    signed: bool = False


@dataclass(frozen=True)
class PartWrong:
    """A part is not the right one, and is asked for again."""

    job: str
    line: str
    part: str
    why: Personal


@dataclass(frozen=True)
class PartReturned:
    """A part came back to the store."""

    job: str
    line: str
    part: str


@dataclass(frozen=True)
class PartCancelled:
    """A part is not needed after all."""

    job: str
    line: str
    part: str


@dataclass(frozen=True)
class PartsLate:
    """Ordered parts did not come in time; without `part` those of the whole line."""

    job: str
    line: str
    part: str
    expected: datetime
