"""The wall pages: a screen shows what it was paired for; without a pairing its page has a code.

The code is shown to be approved, or one that the shop made is typed. Knows no accounts.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from board.screen_look import ScreenLook, watched
from board.web.session import Signed
from displays.pages import LivePages, variant_of, wished_group
from displays.wall_dress import dressed, theme_of

WALLS: dict[str, tuple[str, str]] = {
    "/tv": ("tv", "tv/page.html"),
    "/lounge": ("lounge", "lounge/page.html"),
    "/queue": ("queue", "queue/page.html"),
    "/arrivals-tv": ("arrivals", "arrivals_wall/page.html"),
}
"""Audience and template of each wall by its address."""

PAGES: dict[str, str] = {**dict(WALLS.values()), "overview": "overview/page.html"}
"""Template by what is watched: a wall may show one of several views."""


def _plainly(_answer: Response) -> None:
    """An answer without a cookie."""


async def _no_code(_request: Request, _audience: str) -> tuple[str, Callable[[Response], None]]:
    """Nobody can approve a screen here; a code can be typed."""
    return "", _plainly


CodeFor = Callable[[Request, str], Awaitable[tuple[str, Callable[[Response], None]]]]
"""The code that an unpaired screen of an audience shows, and what gives its answer the cookie."""


@dataclass(frozen=True, slots=True)
class WallPages:
    """Answers at the addresses of the walls."""

    pages: LivePages
    code_for: CodeFor = _no_code

    def routes(self) -> list[Route]:
        """The addresses of the walls."""
        return [Route(path, self.wall, methods=["GET"]) for path in WALLS]

    async def wall(self, request: Request) -> Response:
        """A wall's live page, or the page that asks for its code."""
        audience, _ = WALLS[request.url.path]
        signed, desk = request.state.signed, request.state.desk
        look = _look(request)
        wish = request.query_params.get("group", "")
        group = wished_group(self.pages.hub, desk.shop, wish) if desk and wish else ""
        seen = watched(audience, look)
        variant = variant_of(signed, desk.shop.id, seen, group) if desk else None
        if variant is None and (moved := _moved_to(signed, audience)):
            return RedirectResponse(moved, 303)
        if variant is not None:
            name = "" if signed.person_id else signed.actor.name
            look = replace(look, group=variant.group, language=variant.language)
            dress = dressed(desk.shop, seen, look, variant.language)
            worn = {"theme": dress.classes, "lines": dress.rows, "screen": name}
            return self.pages.show_on(look, request, PAGES[seen], variant, **worn)
        return await self._code_page(request, audience)

    async def _code_page(self, request: Request, audience: str) -> HTMLResponse:
        self.pages.patient(request)
        code, keep = await self.code_for(request, audience)
        html = self.pages.renderer.fragment(
            "screens/unpaired.html",
            request.state.language,
            back=_asked(request),
            refused=request.query_params.get("refused", ""),
            theme=theme_of(audience, request.query_params.get("theme", "")),
            code=code,
            audience=audience,
            approve=f"{request.base_url!s}admin/screens/approve",
        )
        answer = HTMLResponse(html, headers={"Cache-Control": "no-store"})
        keep(answer)
        return answer


def _asked(request: Request) -> str:
    """The page's own address with the look that was asked for, and without what was refused."""
    asked = request.query_params
    look = {key: asked[key] for key in ("theme", "group") if key in asked}
    return request.url.path + (f"?{urlencode(look)}" if look else "")


def _look(request: Request) -> ScreenLook:
    """How a screen is set; what a person asks for in the address. It adds a theme to a screen that
    was set to none.
    """
    asked, signed = request.query_params, request.state.signed
    screen = signed.screen if signed and not signed.person_id else None
    look = screen.look if screen else ScreenLook(view=asked.get("view", ""))
    return look if look.theme else replace(look, theme=asked.get("theme", ""))


def _moved_to(signed: Signed | None, audience: str) -> str:
    """The page of the wall that a screen was moved to since it was opened; '' if it was not."""
    screen = signed.screen if signed and not signed.person_id else None
    if screen is None or screen.audience == audience:
        return ""
    return next(path for path, (wall, _) in WALLS.items() if wall == screen.audience)
