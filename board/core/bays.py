"""Bays: what they are, what the board says of them and what the sensors say."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class BayKind(StrEnum):
    """What a bay is made for."""

    reception = "reception"
    express = "express"
    general = "general"
    diagnosis = "diagnosis"
    alignment = "alignment"
    body = "body"
    paint = "paint"
    new_energy = "new_energy"
    final_inspection = "final_inspection"
    wash = "wash"


class BayState(StrEnum):
    """What people set a bay to."""

    open = "open"
    cleaning = "cleaning"
    maintenance = "maintenance"
    closed = "closed"


class Presence(StrEnum):
    """What the sensors say. Unknown is an answer: nothing is guessed from silence."""

    present = "present"
    absent = "absent"
    unknown = "unknown"


NO_SENSOR = "no sensor"
"""Why a bay is unknown whose last sensor was taken off."""


@dataclass(frozen=True, slots=True)
class Sensed:
    """A bay as its sensors have it: since when, by which device, in words why.

    `car_since`: while it is unknown, since when they had seen a car there before, if they had.
    """

    presence: Presence
    since: datetime
    device: str = ""
    reason: str = ""
    car_since: datetime | None = None


class QuestionKind(StrEnum):
    """What the sensors and the board disagree about."""

    car_seen = "car_seen"
    car_gone = "car_gone"


@dataclass(frozen=True, slots=True)
class Question:
    """A lasting disagreement put to the controller, or a car just seen that may be `job`'s.

    `since`: when the level began.
    """

    kind: QuestionKind
    since: datetime
    asked_at: datetime
    job: str = ""


@dataclass(frozen=True, slots=True)
class Bay:
    """One bay. `placed_since`: when a car last came or went by the board's word.

    `opened_since`: when it was last opened. `settled_since` marks the disagreement about which
    nobody asks again.
    """

    id: str
    name: str
    kind: BayKind = BayKind.general
    state: BayState = BayState.open
    until: datetime | None = None
    sensed: Sensed | None = None
    question: Question | None = None
    placed_since: datetime | None = None
    settled_since: datetime | None = None
    opened_since: datetime | None = None
    removed: bool = False


class BayCondition(StrEnum):
    """What the board says of a bay; blocked = occupied and nobody working."""

    free = "free"
    reserved = "reserved"
    worked = "worked"
    blocked = "blocked"
    cleaning = "cleaning"
    maintenance = "maintenance"
    closed = "closed"
