"""Making one file of two of a car, and taking that back."""

from board.core import commands as c
from board.core import events as e
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, shop_rule
from board.core.rules.limits import length_fault
from board.core.rules.undoing import WINDOW
from board.core.shop import Merger


@shop_rule.register
def _merge(command: c.MergeCars, case: Case) -> Outcome:
    """`moved`: the keys of the file that is merged, as the journal has them; none: unknown."""
    if not command.kept or not command.moved:
        return Refused("unknown_car", fields=("merged",))
    if command.kept == command.merged:
        return Refused("same_car", fields=("merged",))
    merged = e.CarsMerged(
        command.order, command.kept, command.merged, command.moved, command.reason.strip()
    )
    return length_fault(command.reason, 200, "reason") or (merged,)


@shop_rule.register
def _part(command: c.PartCars, case: Case) -> Outcome:
    merger = _merger_of(command, case)
    if merger is None:
        return Refused("undo_nothing")
    if merger.by != case.actor.label:
        return Refused("undo_not_yours")
    if case.now - merger.at > WINDOW:
        return Refused("undo_late")
    mergers = case.shop.mergers
    if any(_touches(later, merger) for later in mergers[mergers.index(merger) + 1 :]):
        return Refused("cars_changed")
    return (e.CarsParted(merger.job, merger.kept, merger.merged, merger.moved),)


def _merger_of(command: c.PartCars, case: Case) -> Merger | None:
    found = (one for one in reversed(case.shop.mergers) if one.kept == command.car)
    return next(found, None)


def _touches(later: Merger, merger: Merger) -> bool:
    """Whether one of the two files went into a third meanwhile, or took one in."""
    files = {later.kept, later.merged} & {merger.kept, merger.merged}
    return bool(files)
