"""Lounge pages with all that a lounge can say, at every size of screen and in every language."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice

from playwright.sync_api import Page

from displays.views.lounge_views import CarsView, CarView, LoungeFootView, Mask, ReadyView, Span
from displays.views.parts import N_, View
from displays.views.reception_line import Wait
from tests.displays.every_word import LATER, TODAY, TOMORROW

SIZES = [(960, 540), (1280, 720), (1920, 1080), (3840, 2160)]
LANGUAGES = ["zh-Hans", "zh-Hant+en", "en+zh-Hans"]

MASKS = [Mask("京A", "***", "345"), Mask("粤Z", "**", "34港"), Mask("粤W", "**", "WM8")]
"""Of plates as they are given out, the broadest among them."""

ODD_MASKS = [Mask("", "***", "78使"), Mask("", "*" * 6, "345"), Mask("", "*" * 9, "MWM")]
ODD_MASKS += [Mask("", "*" * 17, "WWW")]
TICKETS = ("A17", "W88", "M99")
"""The broadest that are given out: a letter and two digits."""

STATES = [
    (0, N_("Receiving")),
    (1, N_("In line")),
    (2, N_("In repair")),
    (3, N_("Checking")),
    (4, N_("Finishing")),
    (4, N_("Collect")),
    (5, N_("Returned")),
]
SPANS = [Span(TODAY, TODAY), Span(TOMORROW, TOMORROW, "Wed"), Span(LATER, LATER), None]
WAITS = [Wait(27, 270), Wait(0, 0), Wait(0, 0, called=True)]
FOOT = LoungeFootView("上海浦东新区第一汽车维修服务中心", "Shanghai-Pudong-Guest-Network-5G")


def cars() -> list[CarView]:
    """Every word with every time, every mask with every ticket, what is asked back, who waits."""
    count = len(STATES) * len(SPANS)
    parts = (islice(cycle(each), count) for each in (MASKS + ODD_MASKS, STATES, SPANS))
    found = [
        CarView(f"{'AWB'[at % 3]}{at + 10}", mask, step, word, span)
        for at, (mask, (step, word), span) in enumerate(zip(*parts, strict=True))
    ]
    found += [CarView(f"A11{at}", MASKS[0], *STATES[0], wait=wait) for at, wait in enumerate(WAITS)]
    asked = replace(alike("W01", MASKS[0]), asked_back=True)
    moved = replace(found[4], ticket="M99", span=SPANS[1], asked_back=True)
    called = replace(alike("M88", MASKS[1]), word="Collect", ready=True, flagged=True)
    return [*found, asked, alike("A117", MASKS[0]), moved, called]


def alike(ticket: str, mask: Mask) -> CarView:
    """A car that another one looks like."""
    model = "GL8 Avenir 艾维亚 四座礼宾版"
    return CarView(ticket, mask, *STATES[4], alike=True, colour="珠光白", model=model)


def lounge(ready: tuple[CarView, ...], rows: list[CarView], count: int) -> dict[str, View]:
    """The regions of a lounge with these cars on its panel and in its rows."""
    shown = {f"car-{car.ticket}": car for car in rows}
    order = CarsView(tuple(shown), count)
    return {"ready": ReadyView(ready), "order-cars": order, **shown, "foot": FOOT}


def every_look(page: Page, language: str) -> Iterator[tuple[int, int]]:
    """The page in each size of screen and each of its turns; it must have been opened anew."""
    first, _, second = language.partition("+")
    for wide, high in SIZES:
        page.set_viewport_size({"width": wide, "height": high})
        for tag in filter(None, (first, second)):
            page.evaluate(_TURN, tag)
            yield wide, high


_TURN = """(tag) => {
  const root = document.documentElement;
  root.classList.toggle('is-second', root.dataset.second === tag);
  root.lang = tag;
}"""
