"""`POST /screens/claim`: a code typed at a screen becomes the cookie of a screen account."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from board.web.body import read_form
from board.web.checks import not_too_often, one
from board.web.doors import Doors
from board.web.errors import Stopped, answer_stopped, wants_json
from board.web.limits import address
from board.web.screens_letting_in import let_screen_in, wall_address, wall_of

NAME_LETTERS = 40


@dataclass(frozen=True)
class ScreensDoor:
    """The door of screens at which a code is typed."""

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
        wall, look = wall_of(one(fields, "back"))
        try:
            # Counted before the look-up: tries side by side count like tries in turn.
            not_too_often(self.doors, self.doors.limits.claim, address(request.scope))
        except Stopped as stopped:
            return _refused(request, stopped, wall, look)
        name = name_of(one(fields, "name"))
        claim = self.doors.accounts.screens.claim
        screen = await asyncio.to_thread(claim, one(fields, "code"), name)
        desk = self.doors.desk_of(screen.shop_id) if screen else None
        if screen is None or desk is None:
            wrong = Stopped(422, "code_wrong", fields=("code",))
            return _refused(request, wrong, wall, look)
        self.doors.limits.claim.forget(address(request.scope))
        kept = look if wall == screen.audience else {}
        return await let_screen_in(self.doors, request, desk, screen, kept)


def name_of(typed: str) -> str:
    """A name without signs that nobody sees: it stands in lists beside other names."""
    return "".join(sign for sign in typed if sign.isprintable()).strip()[:NAME_LETTERS]


def _refused(request: Request, why: Stopped, wall: str, look: dict[str, str]) -> Response:
    """Back to the form, which says why; without a page of ours the bare refusal."""
    if wall and not wants_json(request.scope):
        return RedirectResponse(wall_address(wall, {**look, "refused": why.code}), 303)
    return answer_stopped(why, request.scope)
