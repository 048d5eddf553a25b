"""One page of the gallery: what it shows, by which template, and what befalls it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from board.core.shop import Shop
from board.screen_look import ScreenLook
from displays.audiences import audiences, variant_for
from displays.gallery_shop import NOW
from displays.gallery_story import PHONE_JOBS, STORY, with_jobs
from displays.views.parts import View
from displays.views.phone import phone_page

SHOP_NAME = STORY.settings.name
PLAIN = ScreenLook()
LATE: Mapping[str, object] = {"silence": 20}
STALE: Mapping[str, object] = {"silence": 330}
REVOKED: Mapping[str, object] = {"revoked": ""}
"""What a page says of itself, by DESIGN's ladder: its age, the grey band, that it has ended."""

SHOWN = frozenset({"phone", *audiences()})
"""What has regions; the others are pages of one piece."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One page of the gallery. `name` is its address; `look` how a wall is set.

    `holder`: whose tablet, or on a phone the car. `lost`: the servers do not hear of each other.
    `opened`: a code was typed on the phone. `befalls`: what `static/gallery.js` lets happen to the
    page's scripts. `closed_minutes`: since when the shop is closed, or by `own_hours` this screen.
    `afternoon`: head and foot of a wall have changed places.
    """

    name: str
    audience: str
    template: str
    shop: Shop = STORY
    holder: str = ""
    look: ScreenLook = PLAIN
    lost: bool = False
    opened: bool = False
    context: Mapping[str, object] = field(default_factory=dict)
    befalls: Mapping[str, object] = field(default_factory=dict)
    closed_minutes: int | None = None
    own_hours: bool = False
    afternoon: bool = False

    def regions(self, language: str) -> Mapping[str, View]:
        """Every region of the page by its id."""
        if self.audience not in SHOWN:
            return {}
        if self.audience == "phone":
            car = PHONE_JOBS[self.holder]()
            return phone_page(with_jobs(self.shop, car), car, NOW, self.opened)
        made = audiences(lambda: self.lost)
        variant = variant_for(self.shop.id, self.audience, language, "", self.holder)
        return made[self.audience](variant).project(self.shop, NOW)
