"""`POST /screens/claim`: a code typed at a screen becomes the cookie of a screen account.

A screen's account is read-only: it has no role, so the desk refuses whatever it asks.
"""

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from board.accounts_screen_codes import Screen
from board.core.roles import Actor, Role
from board.desk import Desk
from board.web.access import note
from board.web.body import read_form
from board.web.checks import not_too_often, one
from board.web.cookies import SCREENS, WALLS, set_cookie
from board.web.doors import Doors
from board.web.errors import Stopped, answer_stopped, wants_json
from board.web.limits import address
from board.web.pages import went

_NAME_LETTERS = 40
_KEPT = ("theme", "group")


@dataclass(frozen=True)
class ScreensDoor:
    """The door of screens that are being paired."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/screens/claim", self.claim, methods=["POST"])]

    async def claim(self, request: Request) -> Response:
        """Fields code, and if wanted name (of the screen) and back (the page of the form).

        Needs no CSRF token: the code is a secret no other site has, and the cookie it brings is
        apart from a person's.
        """
        fields = await read_form(request)
        wall, look = _page_of(one(fields, "back"))
        try:
            # Counted before the look-up: tries side by side count like tries in turn.
            not_too_often(self.doors, self.doors.limits.claim, address(request.scope))
        except Stopped as stopped:
            return _refused(request, stopped, wall, look)
        name = _visible(one(fields, "name")).strip()[:_NAME_LETTERS]
        claim = self.doors.accounts.screens.claim
        screen = await asyncio.to_thread(claim, one(fields, "code"), name)
        desk = self.doors.desk_of(screen.shop_id) if screen else None
        if screen is None or desk is None:
            wrong = Stopped(422, "code_wrong", fields=("code",))
            return _refused(request, wrong, wall, look)
        return await self._let_in(request, desk, screen, look if wall == screen.audience else {})

    async def _let_in(
        self, request: Request, desk: Desk, screen: Screen, look: dict[str, str]
    ) -> Response:
        self.doors.limits.claim.forget(address(request.scope))
        token = await asyncio.to_thread(
            self.doors.accounts.sessions.open_screen,
            screen.shop_id,
            screen.id,
            screen.audience,
            screen.language,
        )
        await note(desk, _actor(screen, address(request.scope)), "screen_paired", screen.id)
        answer = went(request, _address(screen.audience, look))
        set_cookie(answer, request, SCREENS[screen.audience], token)
        return answer


def _visible(typed: str) -> str:
    """A name without signs that nobody sees: it stands in lists beside other names."""
    return "".join(sign for sign in typed if sign.isprintable())


def _refused(request: Request, why: Stopped, wall: str, look: dict[str, str]) -> Response:
    """Back to the form, which says why; without a page of ours the bare refusal."""
    if wall and not wants_json(request.scope):
        return RedirectResponse(_address(wall, {**look, "refused": why.code}), 303)
    return answer_stopped(why, request.scope)


def _page_of(back: str) -> tuple[str, dict[str, str]]:
    """The wall whose page the form was on, '' for any other address, and the look it asked for."""
    path, _, query = back.partition("?")
    wall = WALLS.get(path.removeprefix("/"), "")
    asked = parse_qs(query)
    look = {key: asked[key][0] for key in _KEPT if key in asked}
    return (wall, look) if wall else ("", {})


def _address(wall: str, asked: dict[str, str]) -> str:
    page = next(page for page, audience in WALLS.items() if audience == wall)
    return f"/{page}?{urlencode(asked)}" if asked else f"/{page}"


def _actor(screen: Screen, where: str) -> Actor:
    return Actor("screen", screen.id, screen.name, frozenset({Role.device}), f"claim {where}")
