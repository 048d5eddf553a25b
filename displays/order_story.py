"""The history of an order as a story: what one command brought about is one entry, oldest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from board.core.days import local
from board.core.events import Fact
from board.core.shop import Settings
from displays.desk_pages import Looks
from displays.dialog_asks import GONE, Ask, Sheet, is_here
from displays.dialog_history import Deed, told
from displays.views.moments import Moment


@dataclass(frozen=True, slots=True)
class Chapter:
    """What somebody did at once: when, who, from which device, and each thing it brought about.

    `undid`: what it took back.
    """

    at: Moment
    day: str
    by: str
    by_customer: bool
    device: str
    deeds: tuple[Deed, ...]
    undid: tuple[Deed, ...] = ()


def chapters(ask: Ask, facts: Sequence[Fact]) -> tuple[Chapter, ...]:
    """Everything that happened to the order, in its order."""
    commands = groupby(facts, key=lambda fact: (fact.command_id, fact.by))
    found: list[Chapter] = []
    for _, group in commands:
        found.append(_chapter(ask, tuple(group), found))
    return tuple(found)


def _chapter(ask: Ask, facts: Sequence[Fact], before: Sequence[Chapter]) -> Chapter:
    deeds = tuple(told(ask, fact) for fact in facts)
    first, day = deeds[0], day_of(facts[0].at, ask.shop.settings)
    return Chapter(
        first.at, day, first.by, first.by_customer, first.device, deeds, _undid(first, before)
    )


def _undid(deed: Deed, before: Sequence[Chapter]) -> tuple[Deed, ...]:
    """What an undo took back: what the same person had done last, or a device by itself since."""
    if deed.kind != "MoveUndone":
        return ()
    own = (one.deeds for one in reversed(before) if one.by == deed.by or _by_itself(one))
    return next(own, ())


def _by_itself(chapter: Chapter) -> bool:
    return chapter.device == "sensor" and any(deed.kind == "JobMoved" for deed in chapter.deeds)


def day_of(at: datetime, settings: Settings) -> str:
    """The date on the shop's clock, with its year."""
    return f"{local(at, settings):%Y-%m-%d}"


def story_sheet(ask: Ask) -> Sheet:
    """The section of an order that tells its story."""
    return Sheet("order/history.html", {"is_here": is_here(ask.shop, ask.job)}) if ask.job else GONE


async def read_story(looks: Looks, ask: Ask) -> Mapping[str, object]:
    """The whole story of a live order."""
    return {"story_of": chapters(ask, await looks.history(ask.shop.id, ask.given.get("job", "")))}
