"""Which staff are shown what an order costs, how its customer is reached, and what cars wait for.

Pages and the state API ask here alike. Who repairs, checks or washes needs none of it.
"""

from board.core.roles import Actor, Role

PRICED = frozenset({Role.advisor, Role.controller, Role.team_leader, Role.parts, Role.cashier})
"""Who is shown prices, as managers are."""

_REACHES_CUSTOMERS = frozenset({Role.advisor, Role.controller, Role.cashier, Role.warranty_clerk})


def sees_prices(actor: Actor) -> bool:
    """Whether the actor is told amounts of money."""
    return actor.has(*PRICED, Role.manager)


def sees_phones(actor: Actor) -> bool:
    """Whether the actor is told a customer's number."""
    return actor.has(*_REACHES_CUSTOMERS, Role.manager)


def sees_waiting_times(actor: Actor) -> bool:
    """Whether the actor is told what the cars of a day waited for, and for how long."""
    return actor.has(Role.controller, Role.manager)
