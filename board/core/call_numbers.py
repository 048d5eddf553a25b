"""What a day's help calls add up to: how many of each kind, and how fast they were answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from statistics import median

from board.core.calls import Call, CallKind, Done
from board.core.days import business_day
from board.core.shop import Shop


@dataclass(frozen=True, slots=True)
class KindNumbers:
    """Calls of one kind: how many, and of how many somebody had to be told that nobody answered.

    `to_answer`, `to_reach`, `to_close`: medians in seconds from the call on, of those calls that
    somebody answered, reached or closed; None when there are none.
    """

    kind: CallKind
    calls: int
    told: int
    to_answer: int | None
    to_reach: int | None
    to_close: int | None


def calls_on(shop: Shop, day: date) -> tuple[Call, ...]:
    """Every call made on a business day, the newest first; of older days what is still kept."""
    every = chain(shop.calls.values(), shop.past_calls)
    made = [one for one in every if business_day(one.called.at, shop.settings) == day]
    return tuple(sorted(made, key=lambda one: (one.called.at, int(one.id)), reverse=True))


def numbers_of(calls: Iterable[Call]) -> tuple[KindNumbers, ...]:
    """The numbers of each kind that was called for, in the order of the kinds."""
    known = tuple(calls)
    by_kind = ((kind, [one for one in known if one.kind == kind]) for kind in CallKind)
    return tuple(_of_kind(kind, some) for kind, some in by_kind if some)


def _of_kind(kind: CallKind, calls: list[Call]) -> KindNumbers:
    return KindNumbers(
        kind=kind,
        calls=len(calls),
        told=sum(bool(one.escalated) for one in calls),
        to_answer=_median(seconds_to(one, one.answered) for one in calls),
        to_reach=_median(seconds_to(one, one.reached) for one in calls),
        to_close=_median(seconds_to(one, one.closed) for one in calls if one.over is None),
    )


def seconds_to(call: Call, step: Done | None) -> int | None:
    """Seconds from the call to a step of it; None for one that was not made."""
    return None if step is None else int((step.at - call.called.at).total_seconds())


def _median(found: Iterable[int | None]) -> int | None:
    known = [each for each in found if each is not None]
    return round(median(known)) if known else None
