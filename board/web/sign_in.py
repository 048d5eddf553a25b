"""Signing in and out: with a password at a desk, a PIN on a shared tablet, or a first-time link.

Knows nothing of how pages look or of what people may do afterwards.
"""

import asyncio
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from board.accounts_credentials import (
    CredentialKind,
    Locked,
    Right,
    Wrong,
    password_is_sound,
    pin_is_sound,
)
from board.accounts_tokens import Link
from board.core.roles import Actor, Role
from board.core.shop import Person, Shop
from board.desk import Desk
from board.web.access import note
from board.web.body import Fields, read_form
from board.web.checks import desk_of, not_too_often, one, own_first_form, own_form, signed_of
from board.web.cookies import LANGUAGE, SESSION, drop_cookie, set_cookie
from board.web.doors import Doors
from board.web.errors import Stopped, answer_stopped, sentence_of, wants_json
from board.web.limits import address
from board.web.pages import first_page, page

_TABLET_ROLES = frozenset({Role.technician, Role.team_leader, Role.inspector, Role.washer})
_DESK_ROLES = frozenset(Role) - _TABLET_ROLES


def home_of(person: Person) -> str:
    """Return the page on which a person starts: the tablet for those who only work at cars."""
    return "/board" if person.roles & _DESK_ROLES else "/tablet"


@dataclass(frozen=True)
class SignIn:
    """The doors of signing in and out."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/", self.front, methods=["GET"]),
            Route("/sign-in/{kind:str}", self.sign_in, methods=["POST"]),
            Route("/sign-out", self.sign_out, methods=["POST"]),
            Route("/welcome/{token}", self.welcome, methods=["GET"]),
            Route("/welcome/{token}", self.first_sign_in, methods=["POST"]),
            Route("/language", self.language, methods=["POST"]),
        ]

    async def front(self, request: Request) -> Response:
        """`GET /`: the sign-in page (`?tablet` for a shared tablet), or where a person starts."""
        signed = request.state.signed
        desk = desk_of(request)
        if signed is not None and signed.person_id:
            return RedirectResponse(home_of(desk.shop.people[signed.person_id]), 303)
        return await first_page(self.doors, request, desk)

    async def sign_in(self, request: Request) -> Response:
        """`POST /sign-in/password|pin`: fields person, then password or pin, and csrf."""
        doors, desk = self.doors, desk_of(request)
        if request.path_params["kind"] not in ("pin", "password"):
            raise Stopped(404, "not_found")
        kind = CredentialKind(request.path_params["kind"])
        not_too_often(doors, doors.limits.sign_in, address(request.scope))
        fields = await read_form(request)
        own_first_form(request, fields)
        person = _named(desk.shop, one(fields, "person"))
        stopped = await self._tried(request, desk, person, kind, one(fields, kind.value))
        if stopped is not None or person is None:
            return await self._turned_away(request, desk, stopped, person, kind)
        return await self._let_in(request, desk, person, kind.value)

    async def _tried(
        self,
        request: Request,
        desk: Desk,
        person: Person | None,
        kind: CredentialKind,
        secret: str,
    ) -> Stopped | None:
        check = self.doors.accounts.credentials.check
        verdict = await asyncio.to_thread(
            check, desk.shop.id, person.id if person else "", kind, secret
        )
        if isinstance(verdict, Right):
            return None
        if isinstance(verdict, Wrong):
            is_pin = kind == CredentialKind.pin
            left = {"left": verdict.tries_left}
            return Stopped(422, "wrong_pin" if is_pin else "wrong_password", left, (kind.value,))
        if verdict.just_now and person is not None:
            actor = _actor(person, f"sign-in {address(request.scope)}")
            await note(desk, actor, "sign_in_locked", person.id)
        return _locked(verdict)

    async def _turned_away(
        self,
        request: Request,
        desk: Desk,
        stopped: Stopped | None,
        person: Person | None,
        kind: CredentialKind,
    ) -> Response:
        stopped = stopped or Stopped(422, "wrong_password", fields=(kind.value,))
        if wants_json(request.scope) or "hx-request" in request.headers:
            return answer_stopped(stopped, request.scope)
        error = sentence_of(stopped.code, stopped.params, request.scope)
        place = "tablet" if kind == CredentialKind.pin else "desk"
        chosen = person.id if person else ""
        shown = await first_page(self.doors, request, desk, error=error, chosen=chosen, place=place)
        shown.status_code = stopped.status
        if stopped.retry_after_seconds:
            shown.headers["retry-after"] = str(stopped.retry_after_seconds)
        return shown

    async def _let_in(self, request: Request, desk: Desk, person: Person, via: str) -> Response:
        language = person.language or request.state.language
        await self._end_old(request, desk)
        token = await asyncio.to_thread(
            self.doors.accounts.sessions.open_person, desk.shop.id, person.id, via, language
        )
        await note(desk, _actor(person, f"{via} {address(request.scope)}"), "signed_in", person.id)
        answer = went(request, home_of(person))
        set_cookie(answer, request, SESSION, token)
        return answer

    async def _end_old(self, request: Request, desk: Desk) -> None:
        # One browser, one person: whoever was signed in here before is no longer.
        signed = request.state.signed
        if signed is not None and signed.person_id:
            await self.doors.access.end_session(desk.shop.id, signed.session)

    async def sign_out(self, request: Request) -> Response:
        """`POST /sign-out`: end this session and its live sockets."""
        signed, desk = signed_of(request), desk_of(request)
        own_form(request, await read_form(request))
        if not signed.session:
            raise Stopped(403, "not_allowed")
        await self.doors.access.end_session(desk.shop.id, signed.session)
        await note(desk, signed.actor, "signed_out", signed.person_id)
        is_tablet = signed.actor.via == "pin"
        answer = went(request, "/?tablet" if is_tablet else "/")
        drop_cookie(answer, request, SESSION)
        return answer

    async def welcome(self, request: Request) -> Response:
        """`GET /welcome/{token}`: the form of the first sign-in; looking uses nothing up."""
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
        return await self._let_in(request, desk, person, "link")

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
        actor = _actor(person, f"link {address(request.scope)}")
        for kind in CredentialKind:
            if secret := one(fields, kind.value):
                keep = doors.accounts.credentials.set
                await asyncio.to_thread(keep, shop_id, person.id, kind, secret)
                await note(desk, actor, f"{kind.value}_set", person.id)

    async def language(self, request: Request) -> Response:
        """`POST /language`: field language; for this session, or for this browser before it."""
        fields = await read_form(request)
        own_first_form(request, fields)
        chosen = one(fields, "language")
        if chosen not in self.doors.languages.available:
            raise Stopped(422, "language_wrong", fields=("language",))
        signed = request.state.signed
        if signed is not None and signed.session:
            await asyncio.to_thread(self.doors.accounts.sessions.speak, signed.session, chosen)
            self.doors.access.forget()
        answer = went(request, _own_path(one(fields, "back")))
        set_cookie(answer, request, LANGUAGE, chosen)
        return answer


def went(request: Request, to: str) -> Response:
    """Return what sends a browser on: a redirect, or `{"to"}` for a script."""
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={"hx-redirect": to})
    if wants_json(request.scope):
        return JSONResponse({"to": to})
    return RedirectResponse(to, 303)


def _own_path(back: str) -> str:
    is_own = back.startswith("/") and not back.startswith(("//", "/\\"))
    return back if is_own and back.isprintable() else "/"


def _named(shop: Shop, typed: str) -> Person | None:
    """The person of that id, or the only one of that name."""
    people = [person for person in shop.people.values() if not person.removed]
    by_id = [person for person in people if person.id == typed.strip().lower()]
    by_name = [person for person in people if person.name == typed.strip()]
    return by_id[0] if by_id else by_name[0] if len(by_name) == 1 else None


def _actor(person: Person, via: str) -> Actor:
    return Actor("person", person.id, person.name, person.roles, via)


def _locked(verdict: Locked) -> Stopped:
    minutes = -(-verdict.seconds // 60)
    return Stopped(429, "locked", {"minutes": minutes}, retry_after_seconds=verdict.seconds)


def _welcome_fault(fields: Fields) -> Stopped | None:
    password, pin = one(fields, "password"), one(fields, "pin")
    if not password_is_sound(password):
        return Stopped(422, "password_unsound", fields=("password",))
    if password != one(fields, "again"):
        return Stopped(422, "passwords_differ", fields=("again",))
    if pin and not pin_is_sound(pin):
        return Stopped(422, "pin_unsound", fields=("pin",))
    return None
