"""What events mean for the shop's day, for the cars that stay, and for who is absent."""

from dataclasses import replace

from board.core import events as e
from board.core.day_book import Absence, CarryDecision, DayBook, DayNumbers
from board.core.events import Fact
from board.core.history_of_lines import line_meaning
from board.core.history_of_shop import shop_meaning
from board.core.job import Job
from board.core.shop import Shop


@line_meaning.register
def _decided(event: e.CarryDecided, job: Job, fact: Fact) -> Job:
    kept = tuple(each for each in job.decisions if each.day != event.day)
    decision = CarryDecision(event.day, event.choice, fact.by, fact.at, event.note)
    return replace(job, decisions=(*kept, decision))


@shop_meaning.register
def _opened(event: e.DayOpened, shop: Shop, fact: Fact) -> Shop:
    book = shop.day
    return replace(
        shop, day=DayBook(event.day, fact.at, since=book.closed_at, gone=book.gone_after)
    )


@shop_meaning.register
def _closed(event: e.DayClosed, shop: Shop, fact: Fact) -> Shop:
    book = shop.day
    if book.day != event.day:
        book = DayBook(event.day, since=book.closed_at, gone=book.gone_after)
    closed = replace(book, closed_at=fact.at, numbers=event.numbers, carried=event.carried)
    return replace(shop, day=replace(closed, gone_after=DayNumbers()))


@shop_meaning.register
def _reopened(event: e.DayReopened, shop: Shop, fact: Fact) -> Shop:
    book = replace(shop.day, closed_at=None, numbers=DayNumbers(), carried=())
    return replace(shop, day=replace(book, gone_after=DayNumbers()))


@shop_meaning.register
def _absent(event: e.AbsenceMarked, shop: Shop, fact: Fact) -> Shop:
    """Those that are over leave with the next one: live state does not grow with the years."""
    kept = tuple(each for each in shop.absences if each.end > fact.at)
    new = Absence(event.person, event.start, event.end)
    return replace(shop, absences=(*(each for each in kept if each != new), new))


@shop_meaning.register
def _back(event: e.AbsenceEnded, shop: Shop, fact: Fact) -> Shop:
    """What began before ends now; what was to come later falls away."""
    others = tuple(each for each in shop.absences if each.person != event.person)
    return replace(shop, absences=others)
