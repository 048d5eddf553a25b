"""The wall pages over HTTP, and what any live page needs: who may look, and its facts.

A screen shows what it was paired for; without a pairing its page asks for a code.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from board.core.days import local
from board.core.roles import PEOPLE_ROLES, Role
from board.core.shop import Settings, Shop
from board.screen_look import ScreenLook
from board.web.packing import packed_page
from board.web.session import Signed
from displays.audiences import variant_for
from displays.channel import Variant
from displays.frames import milliseconds
from displays.hub import Hub
from displays.live import Live
from displays.render import PageFacts, Renderer

THEMES: dict[str, dict[str, str]] = {
    "tv": {"": "", "andon": "theme-andon"},
    "lounge": {"": "theme-lounge"},
    "queue": {"": "theme-lounge"},
    "arrivals": {"": ""},
}
"""Style classes of a wall by audience and the `theme` its address asks for."""

WALLS: dict[str, tuple[str, str]] = {
    "/tv": ("tv", "tv/page.html"),
    "/lounge": ("lounge", "lounge/page.html"),
    "/queue": ("queue", "queue/page.html"),
    "/arrivals-tv": ("arrivals", "arrivals_wall/page.html"),
}
"""Audience and template of each wall by its address."""

LOOKERS: dict[str, frozenset[Role]] = {
    "desk": frozenset(PEOPLE_ROLES),
    "tv": frozenset({Role.manager, Role.controller}),
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
        if screen is None or screen.audience != audience:
            return None
        return variant_for(shop, audience, signed.language, screen.look.group, "")
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

    def facts(self, variant: Variant, settings: Settings) -> PageFacts:
        """What the page of a variant tells its script; brings the variant into being."""
        self.live.ensure(variant)
        shown = self.hub.shown(variant)
        epoch, seq = shown.position
        now = self.live.now(variant.shop)
        return PageFacts(
            audience=variant.audience,
            boot=shown.boot,
            rev=shown.rev,
            epoch=epoch,
            seq=seq,
            at_ms=milliseconds(now),
            rate=self.rate,
            zone_minutes=_zone_minutes(now, settings),
            socket=_socket(variant),
            build=self.hub.build,
            regions=shown.regions,
        )

    def show(
        self, request: Request, template: str, variant: Variant, **context: object
    ) -> HTMLResponse:
        """The live page of a variant. Templates get `facts`, `signed` and the given context."""
        self.patient(request)
        facts = self.facts(variant, request.state.desk.shop.settings)
        signed = request.state.signed
        html = self.renderer.page(template, variant.language, facts, signed=signed, **context)
        return packed_page(request, html)

    def routes(self) -> list[Route]:
        """The addresses of the walls."""
        return [Route(path, self.wall, methods=["GET"]) for path in WALLS]

    async def wall(self, request: Request) -> Response:
        """A wall's live page, or the page that asks for its code."""
        audience, template = WALLS[request.url.path]
        signed, desk = request.state.signed, request.state.desk
        themes = THEMES[audience]
        theme = themes.get(request.query_params.get("theme", ""), themes[""])
        wish = request.query_params.get("group", "")
        group = wished_group(self.hub, desk.shop, wish) if desk and wish else ""
        variant = variant_of(signed, desk.shop.id, audience, group) if desk else None
        if variant is not None:
            is_screen = signed.screen is not None and not signed.person_id
            look = signed.screen.look if is_screen else _wished_look(request, variant)
            name = signed.actor.name if is_screen else ""
            theme = themes.get(look.theme, theme) if look.theme else theme
            return self.show(request, template, variant, theme=theme, screen=name, look=look)
        return self._code_page(request, theme)

    def _code_page(self, request: Request, theme: str) -> HTMLResponse:
        self.patient(request)
        html = self.renderer.fragment(
            "screen_code.html",
            request.state.language,
            back=_asked(request),
            refused=request.query_params.get("refused", ""),
            theme=theme,
            build=self.hub.build,
        )
        return HTMLResponse(html)


def _asked(request: Request) -> str:
    """The page's own address with the look that was asked for, and without what was refused."""
    asked = request.query_params
    look = {key: asked[key] for key in ("theme", "group") if key in asked}
    return request.url.path + (f"?{urlencode(look)}" if look else "")


def _wished_look(request: Request, variant: Variant) -> ScreenLook:
    """The look a person asks for in the address of a wall: its view and theme."""
    asked = request.query_params
    return ScreenLook(
        view=asked.get("view", "")[:_LONGEST_WISH],
        group=variant.group,
        language=variant.language,
        theme=asked.get("theme", "")[:_LONGEST_WISH],
    )


_LONGEST_WISH = 20


def _zone_minutes(at: datetime, settings: Settings) -> int:
    offset = local(at, settings).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def _socket(variant: Variant) -> str:
    wish = {"group": variant.group} if variant.group else {}
    return f"/live/{variant.audience}{'?' + urlencode(wish) if wish else ''}"
