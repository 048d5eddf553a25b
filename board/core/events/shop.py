"""Events about the shop, its bays and their sensors."""

from dataclasses import dataclass
from datetime import datetime

from board.core.bays import BayKind, BayState, Presence, QuestionKind
from board.core.shop import Person, Settings
from board.core.workflow import Workflow


@dataclass(frozen=True)
class ShopSetUp:
    """The shop's settings were set."""

    settings: Settings


@dataclass(frozen=True)
class BaySetUp:
    """A bay was added, or its name or kind changed."""

    bay: str
    name: str
    kind: BayKind


@dataclass(frozen=True)
class BayRemoved:
    """A bay was taken out of the shop."""

    bay: str


@dataclass(frozen=True)
class PersonSetUp:
    """A person was added or changed."""

    person: Person


@dataclass(frozen=True)
class PersonRemoved:
    """A person left the shop."""

    person: str


@dataclass(frozen=True)
class WorkflowChosen:
    """The shop works by this workflow from now on."""

    workflow: Workflow


@dataclass(frozen=True)
class AccessChanged:
    """A PIN, password, token, session or screen changed (never its secret)."""

    what: str
    subject: str


@dataclass(frozen=True)
class BayChanged:
    """People opened a bay or set it to cleaning, maintenance or closed."""

    bay: str
    state: BayState
    until: datetime | None = None


@dataclass(frozen=True)
class BayReported:
    """The sensors of a bay say something else than before."""

    bay: str
    presence: Presence
    since: datetime
    device: str = ""
    reason: str = ""


@dataclass(frozen=True)
class QuestionAsked:
    """Sensors and board disagreed for long, or a car came that may be `job`'s; people are asked."""

    bay: str
    kind: QuestionKind
    since: datetime
    job: str = ""


@dataclass(frozen=True)
class QuestionAnswered:
    """The question was answered, or fell away by itself (`agreed` None)."""

    bay: str
    agreed: bool | None = None


@dataclass(frozen=True)
class QuestionLapsed:
    """Nobody answered for long: nobody asks again before the sensors say something else."""

    bay: str
