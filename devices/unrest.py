"""Readings that contradict each other, each sooner than a level could last. Pure."""

from datetime import datetime, timedelta

from msgspec import Struct

MOST_CHANGES = 6
LONGEST = timedelta(seconds=60)


class Unrest(Struct, frozen=True, gc=False):
    """`says`: the last opinion. It changed so often since `since`, and `last` at that moment."""

    says: bool | None = None
    since: datetime | None = None
    last: datetime | None = None
    changes: int = 0


CALM = Unrest()


def after(before: Unrest, says: bool | None, lasting: timedelta, at: datetime) -> Unrest:
    """The unrest after an opinion; one that has lasted before it makes it begin anew."""
    if says is None or says is before.says:
        return before
    if before.since is None or before.last is None or at - before.last > lasting:
        return Unrest(says, at, at, 0 if before.says is None else 1)
    return Unrest(says, before.since, at, before.changes + 1)


def has_no_rest(unrest: Unrest, lasting: timedelta, now: datetime) -> bool:
    """Whether nothing has lasted for a while."""
    if unrest.changes <= MOST_CHANGES or unrest.since is None or unrest.last is None:
        return False
    return now - unrest.last <= lasting and now - unrest.since > LONGEST
