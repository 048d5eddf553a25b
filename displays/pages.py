"""What any live page over HTTP needs: who may look, and the facts its script is told.

A screen shows what it was paired for, a person what the roles allow.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse

from board.core.days import local
from board.core.roles import PEOPLE_ROLES, Role
from board.core.shop import Settings, Shop
from board.screen_look import ScreenLook, watched
from board.web.packing import packed_page
from board.web.session import Signed
from displays.audiences import languages_for, variant_for
from displays.channel import Variant
from displays.frames import milliseconds
from displays.hub import Hub
from displays.live import Live
from displays.render import PageFacts, Renderer

LOOKERS: dict[str, frozenset[Role]] = {
    "desk": frozenset(PEOPLE_ROLES),
    "tv": frozenset({Role.manager, Role.controller}),
    "overview": frozenset({Role.manager, Role.controller}),
    "lounge": frozenset({Role.manager, Role.controller}),
    "queue": frozenset({Role.manager, Role.controller, Role.advisor}),
    "arrivals": frozenset({Role.manager, Role.controller, Role.advisor, Role.parts}),
    "board": frozenset(
        {
            Role.advisor,
            Role.controller,
            Role.team_leader,
            Role.inspector,
            Role.parts,
            Role.washer,
            Role.cashier,
            Role.warranty_clerk,
            Role.manager,
        }
    ),
    "tablet": frozenset(
        {
            Role.technician,
            Role.team_leader,
            Role.inspector,
            Role.washer,
            Role.controller,
            Role.manager,
        }
    ),
}
"""Who may look at an audience in person; a screen at its own only."""

NOON = time(12)

GROUPS_KEPT = 64
"""So many different groups of bays are kept at once for a shop; a wish for more shows all bays."""


def variant_of(signed: Signed | None, shop: str, audience: str, group: str = "") -> Variant | None:
    """The variant that somebody may watch on page and socket alike; None if they may not.

    `group` is the person's wish; a screen has its own.
    """
    if signed is None:
        return None
    if not signed.person_id:
        screen = signed.screen
        if screen is None or watched(screen.audience, screen.look) != audience:
            return None
        languages = languages_for(audience, signed.language, screen.look.second_language)
        return variant_for(shop, audience, languages, screen.look.group, "")
    if not signed.actor.has(*LOOKERS.get(audience, frozenset())):
        return None
    return variant_for(shop, audience, signed.language, group, signed.person_id)


def wished_group(hub: Hub, shop: Shop, wish: str) -> str:
    """The bays that an address asks for, as the one text that stands for them; '' for all.

    Whatever is typed there, the variants that come of it are bounded.
    """
    wanted = set(wish.split(","))
    group = ",".join(sorted(key for key in shop.bays.keys() & wanted))
    kept = {each.group for each in hub.variants() if each.shop == shop.id}
    return group if group in kept or len(kept) < GROUPS_KEPT else ""


def _always(_request: Request) -> None:
    """No limit."""


NO_LOOK = ScreenLook()
"""The look of a page that is no screen of a shop."""


@dataclass(frozen=True, slots=True)
class LivePages:
    """Puts live pages together. `rate`: how fast the shop's clock runs.

    `patient` counts a request of who asks, and stops the one that is too many.
    """

    live: Live
    hub: Hub
    renderer: Renderer
    rate: float = 1.0
    patient: Callable[[Request], None] = _always

    def facts(
        self, variant: Variant, settings: Settings, look: ScreenLook = NO_LOOK, mark: str = ""
    ) -> PageFacts:
        """What the page of a variant tells its script; brings the variant into being.

        `mark`: of the screen that shows it, so that its socket is told when that was set anew.
        """
        self.live.ensure(variant)
        shown = self.hub.shown(variant)
        epoch, seq = shown.position
        now = self.live.now(variant.shop)
        zone = _zone_minutes(now, settings, look.zone)
        later = zone - _zone_minutes(now, settings, "")
        return PageFacts(
            audience=variant.audience,
            boot=shown.boot,
            rev=shown.rev,
            epoch=epoch,
            seq=seq,
            at_ms=milliseconds(now),
            rate=self.rate,
            zone_minutes=zone,
            socket=_socket(variant, mark),
            build=self.hub.build,
            regions=shown.regions,
            opens=_minute(look.opens or settings.hours.opens, later),
            closes=_minute(look.closes or settings.hours.closes, later),
            noon=_minute(NOON, later),
            darkens=bool(mark),
        )

    def show(
        self, request: Request, template: str, variant: Variant, /, **context: object
    ) -> HTMLResponse:
        """The live page of a variant. Templates get `facts`, `signed` and the given context."""
        return self.show_on(NO_LOOK, request, template, variant, **context)

    def show_on(
        self,
        look: ScreenLook,
        request: Request,
        template: str,
        variant: Variant,
        /,
        **context: object,
    ) -> HTMLResponse:
        """The same on a screen that is set to look so; templates get the `look`, too."""
        self.patient(request)
        signed = request.state.signed
        mark = look_mark(signed) if look is not NO_LOOK else ""
        facts = self.facts(variant, request.state.desk.shop.settings, look, mark)
        given = {"signed": signed, "look": look, **context}
        html = self.renderer.page(template, variant.language, facts, **given)
        return packed_page(request, html)


def look_mark(signed: Signed) -> str:
    """Eight letters that change when a screen is set anew; '' for a person."""
    screen = signed.screen
    if screen is None or signed.person_id:
        return ""
    told = f"{signed.actor.name} {screen.audience} {screen.look}"
    return f"{zlib.crc32(told.encode()):08x}"


def _minute(at: time, later: int) -> int:
    """A time of day as minutes since midnight, in a zone so many minutes ahead."""
    return (at.hour * 60 + at.minute + later) % 1440


def _zone_minutes(at: datetime, settings: Settings, zone: str) -> int:
    offset = (at.astimezone(ZoneInfo(zone)) if zone else local(at, settings)).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def _socket(variant: Variant, mark: str) -> str:
    asked = {"group": variant.group} if variant.group else {}
    wish = {**asked, "look": mark} if mark else asked
    return f"/live/{variant.audience}{'?' + urlencode(wish) if wish else ''}"
