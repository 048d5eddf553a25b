"""Which staff are told what: amounts, phone numbers, signatures, gate codes, waiting times.

Pages and the state API ask here alike. Who repairs, checks or washes needs none of it.
"""

from board.core.commands import IssueGatePass
from board.core.handover import PASS_MARK
from board.core.money import FEN_MARK
from board.core.permissions import ASKERS
from board.core.personal import DRAWN_MARK, PHONE_MARK
from board.core.roles import Actor, Role

PRICED = frozenset({Role.advisor, Role.controller, Role.team_leader, Role.parts, Role.cashier})
"""Who is shown prices, as managers are."""

_PASSES = ASKERS[IssueGatePass]
_REACHES_CUSTOMERS = frozenset({Role.advisor, Role.controller, Role.cashier, Role.warranty_clerk})


def sees_prices(actor: Actor) -> bool:
    """Whether the actor is told amounts of money."""
    return actor.has(*PRICED, Role.manager)


def sees_phones(actor: Actor) -> bool:
    """Whether the actor is told a customer's number."""
    return actor.has(*_REACHES_CUSTOMERS, Role.manager)


def sees_signatures(actor: Actor) -> bool:
    """Whether the actor is shown what a customer has drawn: who deals with them, or prints it."""
    return sees_phones(actor) or actor.has(Role.team_leader)


def sees_gate_codes(actor: Actor) -> bool:
    """Whether the actor is told by which code a car may leave: who may issue it."""
    return actor.has(*_PASSES, Role.manager)


def kept_from(actor: Actor) -> frozenset[str]:
    """The marks of the values that the actor is not told."""
    seen = {
        FEN_MARK: sees_prices,
        PHONE_MARK: sees_phones,
        DRAWN_MARK: sees_signatures,
        PASS_MARK: sees_gate_codes,
    }
    return frozenset(mark for mark, sees in seen.items() if not sees(actor))


def sees_waiting_times(actor: Actor) -> bool:
    """Whether the actor is told what the cars of a day waited for, and for how long."""
    return actor.has(Role.controller, Role.manager)
