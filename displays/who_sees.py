"""Which staff are shown what an order costs, and how its customer is reached.

Who repairs, checks or washes needs neither; what programs may read is said at their own doors.
"""

from board.core.roles import Actor, Role

PRICED = frozenset({Role.advisor, Role.controller, Role.team_leader, Role.parts, Role.cashier})
"""Who is shown prices, as managers are."""

_REACHES_CUSTOMERS = frozenset({Role.advisor, Role.controller, Role.cashier, Role.warranty_clerk})


def sees_prices(actor: Actor) -> bool:
    """Whether the pages tell the actor amounts of money."""
    return actor.has(*PRICED, Role.manager)


def sees_phones(actor: Actor) -> bool:
    """Whether the pages tell the actor a customer's number."""
    return actor.has(*_REACHES_CUSTOMERS, Role.manager)
