"""How many questions of sensors a day had, and what became of them."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from board.core.days import business_day
from board.core.shop import Shop


class Figure(StrEnum):
    """Asked; answered by a person; over by itself; over because nobody answered."""

    asked = "asked"
    answered = "answered"
    fell_away = "fell_away"
    lapsed = "lapsed"


def family_of(figure: Figure) -> str:
    """Under which name the shop counts it, by day."""
    return f"questions_{figure}:"


def question_figures(shop: Shop, day: date) -> Mapping[Figure, int]:
    """What was counted on a day; only the latest day of each is kept."""
    return {one: shop.counters.get(f"{family_of(one)}{day}", 0) for one in Figure}


def question_gauges(shop: Shop, now: datetime) -> Mapping[str, float]:
    """What waits for an answer, and what today's questions came to, by names for who watches."""
    today = question_figures(shop, business_day(now, shop.settings))
    gauges = {f"questions_{one}_today": float(count) for one, count in today.items()}
    return {"questions_open": float(open_questions(shop)), **gauges}


def open_questions(shop: Shop) -> int:
    """How many wait for an answer now."""
    return sum(bay.question is not None for bay in shop.bays.values() if not bay.removed)
