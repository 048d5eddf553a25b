"""A copy of what a screen shows, made by the server from the same view: labelled, never live.

It says what the screen ought to show; what its glass does show only the glass knows.
"""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from board.core.roles import Role
from board.screen_look import watched
from displays.audiences import languages_for, variant_for
from displays.desk_pages import Looks
from displays.pages import LivePages
from displays.wall_dress import dressed
from displays.wall_pages import PAGES


@dataclass(frozen=True, slots=True)
class CopyPages:
    """Answers for copies; for those who look after screens."""

    pages: LivePages
    looks: Looks

    def routes(self) -> list[Route]:
        """Return the route."""
        return [Route("/admin/screens/{screen}/copy", self.copy, methods=["GET"])]

    async def copy(self, request: Request) -> Response:
        """`GET /admin/screens/{id}/copy`: the screen's page as of now; it stays as it is."""
        signed, desk = request.state.signed, request.state.desk
        keeps = signed and signed.person_id and signed.actor.has(Role.manager, Role.controller)
        if not keeps or desk is None or self.looks.screens is None:
            return RedirectResponse("/", 303)
        self.pages.patient(request)
        known = await self.looks.screens.of_shop(desk.shop.id)
        wanted = request.path_params["screen"]
        screen = next((each for each in known if each.id == wanted), None)
        if screen is None:
            return RedirectResponse("/admin/screens", 303)
        look, seen = screen.look, watched(screen.audience, screen.look)
        first = look.language or request.state.language
        language = languages_for(screen.audience, first, look.second_language)
        variant = variant_for(desk.shop.id, seen, language, look.group, "")
        live = self.pages.facts(variant, desk.shop.settings, look)
        dress = dressed(desk.shop, seen, look, language)
        html = self.pages.renderer.page(
            PAGES[seen],
            language,
            replace(live, socket="", darkens=False, copied=True),
            signed=signed,
            look=look,
            theme=dress.classes,
            lines=dress.rows,
            screen=screen.name,
        )
        return HTMLResponse(html, headers={"Cache-Control": "no-store"})
