"""What managers and controllers do with the shop's screens: approve, set, identify, reload.

What a screen must be told goes into the journal, which every process reads at once; the screens
of each are told by those who hear it.
"""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.screen_orders import CHANGED, IDENTIFY, RELOAD
from board.web.access import note
from board.web.checks import form_of, keeper_of, one
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.pages import went
from board.web.screens_codes import ScreenCodes
from board.web.screens_looks import asked_screen, require_for_staff

PAGE = "/admin/screens"


@dataclass(frozen=True)
class ScreensKeeping:
    """The doors of those who look after screens."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(f"{PAGE}/approve", self.approve, methods=["POST"]),
            Route(PAGE + "/{screen}/look", self.set_look, methods=["POST"]),
            Route(PAGE + "/{screen}/identify", self.identify, methods=["POST"]),
            Route(PAGE + "/{screen}/reload", self.reload, methods=["POST"]),
            Route(PAGE + "/{screen}/revoke", self.revoke, methods=["POST"]),
        ]

    async def approve(self, request: Request) -> Response:
        """`POST /admin/screens/approve`: code, and how the screen that shows it is to look.

        Five wrong codes in a quarter of an hour, and even a right one waits.
        """
        signed, desk, fields = await form_of(request, self.doors, keeper_of(request))
        asked = asked_screen(fields, desk.shop, self.doors.languages.available)
        codes, shop_id, who = ScreenCodes(self.doors), desk.shop.id, signed.actor.id
        opened_as = await codes.opened_as(one(fields, "code"), shop_id, who)
        require_for_staff(fields, opened_as, asked.audience)
        made = await asyncio.to_thread(
            self.doors.accounts.requests.approve,
            one(fields, "code"),
            desk.shop.id,
            asked.name,
            asked.audience,
            asked.look,
        )
        if made is None:
            raise Stopped(422, "code_wrong", fields=("code",))
        await codes.forget(shop_id, who)
        await note(desk, signed.actor, "screen_approved", made.id)
        return went(request, PAGE)

    async def set_look(self, request: Request) -> Response:
        """`POST /admin/screens/{id}/look`: name, kind and look anew; the screen loads itself."""
        signed, desk, fields = await form_of(request, self.doors, keeper_of(request))
        asked = asked_screen(fields, desk.shop, self.doors.languages.available)
        screen, shop_id = request.path_params["screen"], desk.shop.id
        known = await asyncio.to_thread(self.doors.accounts.screens.find, shop_id, screen)
        if known is None:
            raise Stopped(404, "unknown_screen")
        require_for_staff(fields, known.audience, asked.audience)
        change = self.doors.accounts.screens.change
        name = asked.name or known.name
        await asyncio.to_thread(change, shop_id, screen, name, asked.audience, asked.look)
        self.doors.access.forget()
        await note(desk, signed.actor, CHANGED, screen)
        return went(request, PAGE)

    async def identify(self, request: Request) -> Response:
        """`POST /admin/screens/{id}/identify`: it shows its name over everything for 15 s."""
        return await self._order(request, IDENTIFY)

    async def reload(self, request: Request) -> Response:
        """`POST /admin/screens/{id}/reload`: it loads its page anew."""
        return await self._order(request, RELOAD)

    async def revoke(self, request: Request) -> Response:
        """`POST /admin/screens/{id}/revoke`: the screen goes dark within a second.

        A second try does it all again: a process that died on the way has told nobody.
        """
        signed, desk, fields = await form_of(request, self.doors, keeper_of(request))
        screen = request.path_params["screen"]
        revoke = self.doors.accounts.screens.revoke
        if not await asyncio.to_thread(revoke, desk.shop.id, screen):
            raise Stopped(404, "unknown_screen")
        await self.doors.access.end_screen(desk.shop.id, screen)
        await note(desk, signed.actor, "screen_revoked", screen)
        return went(request, PAGE if one(fields, "back") == PAGE else "/admin/set-up")

    async def _order(self, request: Request, what: str) -> Response:
        signed, desk, _ = await form_of(request, self.doors, keeper_of(request))
        screen = request.path_params["screen"]
        find = self.doors.accounts.screens.find
        if await asyncio.to_thread(find, desk.shop.id, screen) is None:
            raise Stopped(404, "unknown_screen")
        await note(desk, signed.actor, what, screen)
        return went(request, PAGE)
