"""What events mean for the catalogue of work and for clocks that run on no line."""

from dataclasses import replace

from board.core import events as e
from board.core.clocks import corrected
from board.core.events import Fact
from board.core.history_of_shop import shop_meaning
from board.core.indirect import (
    IndirectClock,
    find_indirect,
    running_indirect,
    stopped,
    with_changed,
    with_clock,
)
from board.core.lines import Clock
from board.core.shop import Shop


@shop_meaning.register
def _imported(event: e.CatalogueImported, shop: Shop, fact: Fact) -> Shop:
    gone = frozenset(event.removed)
    kept = {code: item for code, item in shop.catalogue.items() if code not in gone}
    return replace(shop, catalogue={**kept, **{item.code: item for item in event.items}})


@shop_meaning.register
def _started(event: e.IndirectStarted, shop: Shop, fact: Fact) -> Shop:
    new = IndirectClock(event.code, Clock(event.technician, fact.at), begun_by=fact.command_id)
    return replace(shop, indirect=with_clock(shop.indirect, new, fact.at))


def _changed(shop: Shop, old: IndirectClock | None, new: IndirectClock | None) -> Shop:
    if old is None:
        return shop
    return replace(shop, indirect=with_changed(shop.indirect, old, new))


@shop_meaning.register
def _stopped(event: e.IndirectStopped, shop: Shop, fact: Fact) -> Shop:
    one = running_indirect(shop.indirect, event.technician)
    return _changed(shop, one, one and stopped(one, event.at or fact.at, fact.command_id))


@shop_meaning.register
def _corrected(event: e.IndirectCorrected, shop: Shop, fact: Fact) -> Shop:
    one = find_indirect(shop.indirect, event.technician, event.started_at)
    mark = (fact.by, fact.at, event.reason)
    if one is None:
        return shop
    clock = corrected(one.clock, event.begins_at, event.ended_at, mark)
    return _changed(shop, one, replace(one, clock=clock))


@shop_meaning.register
def _undone(event: e.IndirectUndone, shop: Shop, fact: Fact) -> Shop:
    one = find_indirect(shop.indirect, event.technician, event.started_at)
    if one is None or not event.runs_on:
        return _changed(shop, one, None)
    return _changed(shop, one, replace(one, clock=replace(one.clock, ended_at=None), ended_by=""))
