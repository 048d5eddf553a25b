"""Cars that come twice on one day: not mended the first time, or with a new plate. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from simulator.plan import Back, Trouble, Visit, Why
from simulator.words import GENERAL, NEW_ENERGY, Errand

_STAYS_AWAY = frozenset({Trouble.no_show, Trouble.cancelled})
_LONG = _STAYS_AWAY | {Trouble.late_part, Trouble.late_pickup, Trouble.sent_out}
_BETWEEN = timedelta(minutes=30)
LOOKED_AT_AGAIN = ("返修复查", 0.4)
"""The first line of an order for what was not mended."""


def with_returns(random: Random, visits: Sequence[Visit]) -> list[Visit]:
    """The visits, some of which are now a car's second one; none where no pair fits."""
    found = list(visits)
    used: set[str] = set()
    for why in Why:
        pairs = [
            (first, place)
            for place, second in enumerate(found)
            for first in found[:place]
            if not used & {first.id, second.id} and _fits(why, first, second)
        ]
        if pairs:
            first, place = random.choice(pairs)
            found[place] = _again(random, why, first, found[place])
            used |= {first.id, found[place].id}
    return found


def _fits(why: Why, first: Visit, second: Visit) -> bool:
    """Whether the first is gone by then, and the same people can see to both."""
    is_common = first.errand in GENERAL if why == Why.not_mended else first.errand not in NEW_ENERGY
    return (
        is_common
        and first.errand.skill == second.errand.skill
        and first.promise + _BETWEEN < second.arrives
        and first.trouble not in _LONG
        and second.trouble not in _STAYS_AWAY
    )


def _again(random: Random, why: Why, first: Visit, second: Visit) -> Visit:
    """The same car and customer, unannounced; after the first repair, or under a new plate."""
    same = replace(
        second,
        model=first.model,
        colour=first.colour,
        customer=first.customer,
        mileage=first.mileage + random.randint(8, 60),
        advisor=first.advisor,
        booked_at=None,
        booked_for=None,
        back=Back(why, first.id),
    )
    if why == Why.new_plate:
        asked = f"过户换了新牌，{second.errand.asked}"
        return replace(same, errand=replace(second.errand, asked=asked))
    return replace(same, plate=first.plate, errand=_not_mended(first.errand))


def _not_mended(errand: Errand) -> Errand:
    lines = (LOOKED_AT_AGAIN, errand.lines[-1])
    return replace(errand, asked=f"刚修过，还是{errand.asked}", lines=lines)
