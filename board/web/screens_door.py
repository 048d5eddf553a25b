"""`POST /screens/claim`: a code typed at a screen becomes the cookie of a screen account.

A screen's account is read-only: it has no role, so the desk refuses whatever it asks.
"""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from board.accounts_screen_codes import AUDIENCES, Screen
from board.core.roles import Actor, Role
from board.web.access import note
from board.web.body import Fields, read_form
from board.web.checks import not_too_often, one
from board.web.cookies import SCREEN, set_cookie
from board.web.doors import Doors
from board.web.errors import Stopped, answer_stopped, wants_json
from board.web.limits import address
from board.web.pages import went

_NAME_LETTERS = 40
_EVERYBODY = "all"


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
        self._count_try(request)
        fields = await read_form(request)
        name = one(fields, "name").strip()[:_NAME_LETTERS]
        claim = self.doors.accounts.screens.claim
        screen = await asyncio.to_thread(claim, one(fields, "code"), name)
        desk = self.doors.desk_of(screen.shop_id) if screen else None
        if screen is None or desk is None:
            return self._wrong(request, fields)
        self.doors.limits.claim.forget(address(request.scope))
        token = await asyncio.to_thread(
            self.doors.accounts.sessions.open_screen,
            screen.shop_id,
            screen.id,
            screen.audience,
            screen.language,
        )
        await note(desk, _actor(screen, address(request.scope)), "screen_paired", screen.id)
        answer = went(request, f"/{screen.audience}")
        set_cookie(answer, request, SCREEN, token)
        return answer

    def _count_try(self, request: Request) -> None:
        # Counted before the look-up: tries side by side count like tries in turn.
        limits = self.doors.limits
        not_too_often(self.doors, limits.claim_by_all, _EVERYBODY)
        not_too_often(self.doors, limits.claim, address(request.scope))

    def _wrong(self, request: Request, fields: Fields) -> Response:
        back = one(fields, "back")
        if back.removeprefix("/") in AUDIENCES and not wants_json(request.scope):
            return RedirectResponse(f"/{back.removeprefix('/')}?refused=code_wrong", 303)
        return answer_stopped(Stopped(422, "code_wrong", fields=("code",)), request.scope)


def _actor(screen: Screen, where: str) -> Actor:
    return Actor("screen", screen.id, screen.name, frozenset({Role.device}), f"claim {where}")
