"""The tablets of a shop as their keepers see them: how each is opened and when it was heard.

Pure: reads what tablets said of themselves; knows no accounts and no clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from displays.dialog_asks import Ask
from displays.views.moments import Moment, moment

TABLET = "tablet:"
LIVE = timedelta(seconds=150)
"""Two reports missed; until then a tablet counts as live."""

SHOWN_FOR = timedelta(days=30)


class KeptTablet(msgspec.Struct, frozen=True):
    """A report as it is kept. `level`: plain, https or installed; `unsent`: taps that wait."""

    level: str
    build: str
    engine: int
    width: int
    height: int
    unsent: int
    person: str


@dataclass(frozen=True, slots=True)
class TabletRow:
    """One tablet: `name`: how its own begins; `who` was signed in; `is_old`: another build."""

    name: str
    who: str
    kept: KeptTablet
    heard: Moment
    is_live: bool
    is_old: bool


def tablet_rows(
    ask: Ask, reports: Mapping[str, tuple[timedelta, str]], build: str, rate: float = 1.0
) -> list[TabletRow]:
    """The tablets of the last thirty days, those heard last first; `rate`: of the shop's clock."""
    heard = sorted(
        (age, key.removeprefix(TABLET), body)
        for key, (age, body) in reports.items()
        if key.startswith(TABLET) and age <= SHOWN_FOR
    )
    found = (_row(ask, age, rate, name, body, build) for age, name, body in heard)
    return [row for row in found if row]


def heard_at(ask: Ask, age: timedelta, rate: float) -> Moment:
    """When something was heard that is so old in real time, on the shop's clock, however fast."""
    return moment(ask.now - age * rate, ask.now, ask.shop.settings)


def _row(
    ask: Ask, age: timedelta, rate: float, name: str, body: str, build: str
) -> TabletRow | None:
    try:
        kept = msgspec.json.decode(body, type=KeptTablet)
    except msgspec.DecodeError:
        return None
    return TabletRow(
        name=name[:4].upper(),
        who=ask.shop.name_of(kept.person),
        kept=kept,
        heard=heard_at(ask, age, rate),
        is_live=age <= LIVE,
        is_old=bool(build) and kept.build != build,
    )
