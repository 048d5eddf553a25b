"""Badges: a manager prints and revokes them, a scanner at a tablet signs people in with them."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.core.shop import Person
from board.desk import Desk
from board.web.access import note
from board.web.body import read_form
from board.web.checks import (
    desk_of,
    few_tries,
    forget_tries,
    manager_of,
    not_too_often,
    one,
    own_first_form,
    own_form,
)
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.letting_in import let_in
from board.web.limits import address
from board.web.pages import page, went
from board.web.session import Signed

_PAGE = "/admin/set-up"


@dataclass(frozen=True)
class BadgesDoor:
    """The doors of badges. They stand before those of PINs, whose addresses are wider."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/sign-in/badge", self.sign_in, methods=["POST"]),
            Route("/admin/people/{person}/badge", self.make, methods=["POST"]),
            Route("/admin/people/{person}/badge/revoke", self.revoke, methods=["POST"]),
        ]

    async def sign_in(self, request: Request) -> Response:
        """`POST /sign-in/badge`: fields badge and csrf; who was signed in here no longer is.

        Stopped (422) for a badge that is nobody's, (429) after too many of them from one address.
        """
        doors, desk = self.doors, desk_of(request)
        where = address(request.scope)
        not_too_often(doors, doors.limits.sign_in, where)
        fields = await read_form(request)
        own_first_form(request, fields)
        tries = {f"badge {where}": doors.limits.badge}
        await few_tries(doors, desk.shop.id, tries)
        holder = doors.accounts.badges.holder
        found = await asyncio.to_thread(holder, desk.shop.id, one(fields, "badge").strip().upper())
        person = desk.shop.people.get(found)
        if person is None or person.removed:
            raise Stopped(422, "badge_wrong", fields=("badge",))
        await forget_tries(doors, desk.shop.id, tries)
        return await let_in(doors, request, desk, person, "badge")

    async def make(self, request: Request) -> Response:
        """`POST /admin/people/{id}/badge`: a new badge, on a page to be printed now or never."""
        signed, desk, person = await self._asked(request)
        code = await asyncio.to_thread(self.doors.accounts.badges.make, desk.shop.id, person.id)
        await self.doors.access.end_person(desk.shop.id, person.id)
        await note(desk, signed.actor, "badge_made", person.id)
        shop = desk.shop.settings.name
        return page(self.doors, request, "set_up/badge.html", code=code, person=person, shop=shop)

    async def revoke(self, request: Request) -> Response:
        """`POST /admin/people/{id}/badge/revoke`: it opens nothing; its holder is signed out."""
        signed, desk, person = await self._asked(request)
        if await asyncio.to_thread(self.doors.accounts.badges.revoke, desk.shop.id, person.id):
            await self.doors.access.end_person(desk.shop.id, person.id)
            await note(desk, signed.actor, "badge_revoked", person.id)
        return went(request, _PAGE)

    async def _asked(self, request: Request) -> tuple[Signed, Desk, Person]:
        signed, desk = manager_of(request), desk_of(request)
        not_too_often(self.doors, self.doors.limits.person, signed.session or signed.actor.id)
        own_form(request, await read_form(request))
        person = desk.shop.people.get(request.path_params["person"])
        if person is None or person.removed:
            raise Stopped(404, "unknown_person")
        return signed, desk, person
