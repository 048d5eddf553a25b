"""The gallery: every region of every audience with made-up values, by the real templates.

It shows whoever changes a page what all its states look like, and is the ground of the tests that
measure pages. It reads no shop: what it shows is written here and in `gallery_story`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from board.core.shop import Shop
from board.core.workflow import BOARD_LANES
from board.screen_look import ScreenLook
from displays.audiences import audiences, variant_for
from displays.defect_words import defect_word
from displays.gallery_shop import NOW
from displays.gallery_story import JUST_DONE, PHONE_JOBS, QUIET, STORY, with_jobs
from displays.views.parts import View
from displays.views.phone import phone_page

SHOP_NAME = STORY.settings.name
_PLAIN = ScreenLook()
PHONE = "+86 10 5550 1234"


@dataclass(frozen=True, slots=True)
class Sample:
    """One page of the gallery. `name` is its address; `look` how a wall is set.

    `holder`: whose tablet, or on a phone the car. `lost`: the servers do not hear of each other.
    `opened`: a code was typed on the phone.
    """

    name: str
    audience: str
    template: str
    shop: Shop = STORY
    holder: str = ""
    look: ScreenLook = _PLAIN
    lost: bool = False
    opened: bool = False
    context: Mapping[str, object] = field(default_factory=dict)

    def regions(self, language: str) -> Mapping[str, View]:
        """Every region of the page by its id."""
        if self.audience == "phone":
            car = PHONE_JOBS[self.holder]()
            return phone_page(with_jobs(self.shop, car), car, NOW, self.opened)
        made = audiences(lambda: self.lost)
        variant = variant_for(self.shop.id, self.audience, language, "", self.holder)
        return made[self.audience](variant).project(self.shop, NOW)


def _walls() -> tuple[Sample, ...]:
    plain, andon, two = _PLAIN, ScreenLook(theme="andon"), ScreenLook(second_language="en")
    pages = {
        "tv": ("tv", "tv/page.html", plain),
        "tv-andon": ("tv", "tv/page.html", andon),
        "overview": ("overview", "overview/page.html", plain),
        "overview-andon": ("overview", "overview/page.html", andon),
        "lounge": ("lounge", "lounge/page.html", plain),
        "lounge-two": ("lounge", "lounge/page.html", two),
        "queue": ("queue", "queue/page.html", plain),
        "arrivals": ("arrivals", "arrivals_wall/page.html", plain),
    }
    full = [Sample(name, page[0], page[1], look=page[2]) for name, page in pages.items()]
    plainly = [sample for sample in full if sample.look is plain]
    empty = [replace(one, name=f"{one.name}-empty", shop=QUIET) for one in plainly]
    return (*full, *empty)


def _desks() -> tuple[Sample, ...]:
    board: Mapping[str, object] = {
        "lanes": tuple(lane.value for lane in BOARD_LANES),
        "shop_name": SHOP_NAME,
        "may_receive": True,
        "nav": (),
        "here": "/board",
    }
    desk: Mapping[str, object] = {"nav": (), "here": "/parts", "shop_name": SHOP_NAME}
    return (
        Sample("board", "board", "board/page.html", holder="zhou", context=board),
        Sample("board-lost", "board", "board/page.html", JUST_DONE, "li", lost=True, context=board),
        Sample("board-empty", "board", "board/page.html", QUIET, "zhou", context=board),
        Sample("desk-calls", "desk", "desk/gone.html", holder="zhou", context=desk),
        Sample("desk", "desk", "desk/gone.html", QUIET, "wang", context=desk),
    )


def _tablets() -> tuple[Sample, ...]:
    given: Mapping[str, object] = {
        "defects": defect_word(STORY),
        "codes": (("cleaning", ""), ("training", "")),
    }
    holders = {
        "working": "li",
        "leader": "chen",
        "inspector": "qian",
        "washer": "sun",
        "indirect": "he",
        "nothing": "new",
        "controller": "zhou",
    }
    shown = (
        Sample(f"tablet-{name}", "tablet", "tablet/page.html", holder=holder, context=given)
        for name, holder in holders.items()
    )
    undo = Sample("tablet-undo", "tablet", "tablet/page.html", JUST_DONE, "li", context=given)
    return (*shown, undo)


def _phones() -> tuple[Sample, ...]:
    reach = replace(STORY, settings=replace(STORY.settings, phone=PHONE))
    shown = (
        Sample(f"phone-{name}", "phone", "phone/page.html", reach, name) for name in PHONE_JOBS
    )
    opened = (
        Sample(f"phone-{name}-opened", "phone", "phone/page.html", reach, name, opened=True)
        for name in ("question", "answered")
    )
    return (*shown, *opened)


SAMPLES: tuple[Sample, ...] = (*_walls(), *_desks(), *_tablets(), *_phones())
"""Every page of the gallery, in the order in which it lists them."""
