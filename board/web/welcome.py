"""`/welcome/{token}`: a person's first sign-in, by a link that works once."""

import asyncio
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.accounts_credentials import CredentialKind, password_is_sound, pin_is_sound
from board.accounts_tokens import Link
from board.core.shop import Person
from board.desk import Desk
from board.web.access import note
from board.web.body import Fields, read_form
from board.web.checks import not_too_often, one, own_first_form
from board.web.doors import Doors
from board.web.errors import Stopped, answer_stopped, sentence_of, wants_json
from board.web.letting_in import actor_of, let_in
from board.web.limits import address
from board.web.pages import page


@dataclass(frozen=True)
class Welcome:
    """The doors of first sign-ins."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/welcome/{token}", self.welcome, methods=["GET"]),
            Route("/welcome/{token}", self.first_sign_in, methods=["POST"]),
        ]

    async def welcome(self, request: Request) -> Response:
        """`GET /welcome/{token}`: the form of the first sign-in; looking uses nothing up."""
        not_too_often(self.doors, self.doors.limits.sign_in, address(request.scope))
        token = request.path_params["token"]
        link = await asyncio.to_thread(self.doors.accounts.tokens.look_at_link, token)
        desk, person = self._whose(link)
        return self._welcome_page(request, desk, person)

    def _whose(self, link: Link | None) -> tuple[Desk, Person]:
        desk = self.doors.desk_of(link.shop_id) if link else None
        person = desk.shop.people.get(link.person_id) if desk and link else None
        if desk is None or person is None or person.removed:
            raise Stopped(404, "link_over")
        return desk, person

    def _welcome_page(
        self, request: Request, desk: Desk, person: Person, error: str = ""
    ) -> Response:
        token = quote(request.path_params["token"], safe="")
        return page(
            self.doors,
            request,
            "sign_in/welcome.html",
            shop=desk.shop.settings.name,
            person={"id": person.id, "name": person.name},
            action=f"/welcome/{token}",
            error=error,
        )

    async def first_sign_in(self, request: Request) -> Response:
        """`POST /welcome/{token}`: fields password, again, pin (may be empty), csrf."""
        doors = self.doors
        not_too_often(doors, doors.limits.sign_in, address(request.scope))
        fields = await read_form(request)
        own_first_form(request, fields)
        token = request.path_params["token"]
        link = await asyncio.to_thread(doors.accounts.tokens.look_at_link, token)
        desk, person = self._whose(link)
        fault = _welcome_fault(fields)
        if fault is not None:
            return self._welcome_refused(request, desk, person, fault)
        if await asyncio.to_thread(doors.accounts.tokens.use_link, token) is None:
            raise Stopped(404, "link_over")
        await self._keep_first(request, desk, person, fields)
        return await let_in(doors, request, desk, person, "link")

    def _welcome_refused(
        self, request: Request, desk: Desk, person: Person, fault: Stopped
    ) -> Response:
        if wants_json(request.scope) or "hx-request" in request.headers:
            return answer_stopped(fault, request.scope)
        error = sentence_of(fault.code, fault.params, request.scope)
        shown = self._welcome_page(request, desk, person, error)
        shown.status_code = fault.status
        return shown

    async def _keep_first(
        self, request: Request, desk: Desk, person: Person, fields: Fields
    ) -> None:
        doors, shop_id = self.doors, desk.shop.id
        await doors.access.end_person(shop_id, person.id)
        actor = actor_of(person, f"link {address(request.scope)}")
        for kind in CredentialKind:
            if secret := one(fields, kind.value):
                keep = doors.accounts.credentials.set
                await asyncio.to_thread(keep, shop_id, person.id, kind, secret)
                await note(desk, actor, f"{kind.value}_set", person.id)


def _welcome_fault(fields: Fields) -> Stopped | None:
    password, pin = one(fields, "password"), one(fields, "pin")
    if not password_is_sound(password):
        return Stopped(422, "password_unsound", fields=("password",))
    if password != one(fields, "again"):
        return Stopped(422, "passwords_differ", fields=("again",))
    if pin and not pin_is_sound(pin):
        return Stopped(422, "pin_unsound", fields=("pin",))
    return None
