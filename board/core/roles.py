"""Who acts: the roles of a workshop and the actor behind a command.

Knows nothing of sign-in, sessions or devices on the wire.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody (or something) is in the shop; people may hold several."""

    advisor = "advisor"
    controller = "controller"
    technician = "technician"
    team_leader = "team_leader"
    inspector = "inspector"
    parts = "parts"
    washer = "washer"
    cashier = "cashier"
    warranty_clerk = "warranty_clerk"
    manager = "manager"
    customer = "customer"
    device = "device"
    timekeeper = "timekeeper"


PEOPLE_ROLES: tuple[Role, ...] = tuple(
    role for role in Role if role not in {Role.customer, Role.device, Role.timekeeper}
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: `kind` is person, device, token or timekeeper; `via` says from where."""

    kind: str
    id: str
    name: str
    roles: frozenset[Role]
    via: str = ""

    @property
    def label(self) -> str:
        """The actor as the journal names it, e.g. `person:wang`."""
        return f"{self.kind}:{self.id}"

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds at least one of `roles`."""
        return not self.roles.isdisjoint(roles)


TIMEKEEPER = Actor("timekeeper", "clock", "", frozenset({Role.timekeeper}), "timekeeper")
