"""Commands that set up the shop: settings, bays, people, workflow."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from board.core.bays import BayKind
from board.core.check_templates import CheckBook
from board.core.commands.asked import Command
from board.core.roles import Role
from board.core.shop import Settings
from board.core.workflow import Workflow
from board.core.workflow_plans import StatePlan, WayPlan


@dataclass(frozen=True, kw_only=True)
class BayPlan:
    """A bay as set up: id in `[a-z0-9-]`, the name painted on the floor, its kind."""

    id: str
    name: str
    kind: BayKind = BayKind.general


@dataclass(frozen=True, kw_only=True)
class PersonPlan:
    """A person as set up: id in `[a-z0-9-]`, name, roles, home bays, skills, language."""

    id: str
    name: str
    roles: tuple[Role, ...] = ()
    bays: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class SetUpShop(Command):
    """Set name, language, time zone, hours and switches of the shop."""

    settings: Settings


@dataclass(frozen=True, kw_only=True)
class ImportShop(Command):
    """Take a whole set-up at once: settings, bays, people and, if given, workflow and checks.

    The workflow is the shipped one without `left_out`, with the steps after the last check in
    another `order`, `states` of the shop's own and other rules for `ways`. `moves` says where jobs
    of removed states go: refused with their numbers until it does.
    """

    settings: Settings
    bays: tuple[BayPlan, ...] = ()
    people: tuple[PersonPlan, ...] = ()
    left_out: tuple[str, ...] = ()
    state_names: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    states: tuple[StatePlan, ...] = ()
    ways: tuple[WayPlan, ...] = ()
    moves: Mapping[str, str] = field(default_factory=dict)
    checks: CheckBook | None = None


@dataclass(frozen=True, kw_only=True)
class SetUpBay(Command):
    """Add a bay or change its name and kind."""

    bay: BayPlan


@dataclass(frozen=True, kw_only=True)
class RemoveBay(Command):
    """Take a bay out of the shop; refused while a job or car is there."""

    bay: str


@dataclass(frozen=True, kw_only=True)
class SetUpPerson(Command):
    """Add a person or change name, roles, bays, skills and language."""

    person: PersonPlan


@dataclass(frozen=True, kw_only=True)
class RemovePerson(Command):
    """Somebody leaves; refused while they are clocked on a line."""

    person: str


@dataclass(frozen=True, kw_only=True)
class ChooseWorkflow(Command):
    """Use another workflow; refused when it cannot reach delivery or strands a job.

    `moves`: for each removed state that holds jobs, the state they go to.
    """

    workflow: Workflow
    moves: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class NoteAccess(Command):
    """Write into the journal that PINs, passwords, tokens, sessions or screens changed.

    `what`: e.g. `pin_set`, `session_revoked`, `screen_code_made`; `subject`: whose.
    """

    what: str
    subject: str
