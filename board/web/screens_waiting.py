"""Screens that show a code of their own: the code, whether it was approved, and the collection.

The page holds the code; the device's token is in a cookie that no script reads, and the session
is made only when that device comes for it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from board.accounts_screen_codes import spaced
from board.web.body import read_form
from board.web.checks import not_too_often, one
from board.web.cookies import WAITING, cookie_of, set_cookie
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.limits import address
from board.web.screens_letting_in import let_screen_in, wall_address, wall_of

_SOON_OVER = timedelta(seconds=60)
"""A code is not shown anew when there is hardly time left to type it."""

Keep = Callable[[Response], None]


@dataclass(frozen=True)
class ScreensWaiting:
    """The doors of screens that wait to be approved."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/screens/waiting/{audience}", self.waiting, methods=["GET"]),
            Route("/screens/collect", self.collect, methods=["POST"]),
        ]

    async def code_for(self, request: Request, audience: str) -> tuple[str, Keep]:
        """The code that a screen's page shows, ABCD-EFGH, and what gives its answer the cookie.

        '' where an address asked for too many: a code can still be typed there. Where that must
        wait, too, there is still one every few seconds: one of the two ways stays open.
        """
        token = cookie_of(request, WAITING[audience])
        waiting = await asyncio.to_thread(self.doors.accounts.requests.waiting, token)
        if waiting and waiting.expires_at - self.doors.clock() > _SOON_OVER:
            return spaced(waiting.code), _nothing
        if not self._may_have_one(address(request.scope)):
            return "", _nothing
        here = self.doors.shop_of_host(request.headers.get("host", "").lower())
        fresh = await asyncio.to_thread(self.doors.accounts.requests.ask, audience, here)
        made = await asyncio.to_thread(self.doors.accounts.requests.waiting, fresh or "")
        if fresh is None or made is None:
            return "", _nothing
        name = WAITING[audience]
        return spaced(made.code), lambda answer: set_cookie(answer, request, name, fresh)

    def _may_have_one(self, key: str) -> bool:
        limits, at = self.doors.limits, self.doors.clock().timestamp()
        if not limits.unpaired.take(key, at):
            return True
        return limits.claim.wait(key, at) > 0 and not limits.unpaired_later.take(key, at)

    async def waiting(self, request: Request) -> Response:
        """`GET /screens/waiting/{audience}`: `{"state"}`: waiting, approved or over."""
        not_too_often(self.doors, self.doors.limits.nobody, address(request.scope))
        cookie = WAITING.get(request.path_params["audience"])
        if cookie is None:
            raise Stopped(404, "not_found")
        look = self.doors.accounts.requests.waiting
        found = await asyncio.to_thread(look, cookie_of(request, cookie))
        state = "over" if found is None else "approved" if found.approved else "waiting"
        return JSONResponse({"state": state}, headers={"cache-control": "no-store"})

    async def collect(self, request: Request) -> Response:
        """`POST /screens/collect`: field back; the approved device gets its session.

        Once more within a minute, in case the first answer was lost.

        Needs no CSRF token, as no other site can make this browser a screen nobody approved.
        """
        not_too_often(self.doors, self.doors.limits.nobody, address(request.scope))
        wall, look = wall_of(one(await read_form(request), "back"))
        if not wall:
            raise Stopped(422, "audience_wrong", fields=("back",))
        token = cookie_of(request, WAITING[wall])
        screen = await asyncio.to_thread(self.doors.accounts.requests.collect, token)
        desk = self.doors.desk_of(screen.shop_id) if screen else None
        if screen is None or desk is None:
            # Another window of this browser was quicker, or there is nothing: its page knows.
            return RedirectResponse(wall_address(wall, look), 303)
        kept = look if wall == screen.audience else {}
        return await let_screen_in(self.doors, request, desk, screen, kept)


def _nothing(_answer: Response) -> None:
    """No cookie: the browser has it."""
