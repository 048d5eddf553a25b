"""Signing in and out: with a password at a desk or a PIN on a shared tablet; the page's language.

Knows nothing of how pages look or of what people may do afterwards.
"""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from board.accounts_credentials import (
    CredentialKind,
    Locked,
    Right,
    Wrong,
)
from board.core.shop import Person, Shop
from board.desk import Desk
from board.web.access import note
from board.web.body import read_form
from board.web.checks import (
    desk_of,
    not_too_often,
    one,
    own_first_form,
    own_form,
    patient,
    signed_of,
)
from board.web.cookies import LANGUAGE, SESSION, drop_cookie, set_cookie
from board.web.doors import Doors
from board.web.errors import Stopped, answer_stopped, sentence_of, wants_json
from board.web.letting_in import actor_of, home_of, let_in
from board.web.limits import address
from board.web.pages import first_page, went


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
            Route("/language", self.language, methods=["POST"]),
        ]

    async def front(self, request: Request) -> Response:
        """`GET /`: the sign-in page (`?tablet` for a shared tablet), or where a person starts."""
        signed = request.state.signed
        desk = desk_of(request)
        patient(self.doors, request)
        back = _own_path(request.query_params.get("back", ""), "")
        if signed is not None and signed.person_id:
            return RedirectResponse(back or home_of(desk.shop.people[signed.person_id]), 303)
        return await first_page(self.doors, request, desk, back=back)

    async def sign_in(self, request: Request) -> Response:
        """`POST /sign-in/password|pin`: fields person, then password or pin, and csrf.

        `back`: the page of ours that somebody was sent here from.
        """
        doors, desk = self.doors, desk_of(request)
        if request.path_params["kind"] not in ("pin", "password"):
            raise Stopped(404, "not_found")
        kind = CredentialKind(request.path_params["kind"])
        not_too_often(doors, doors.limits.sign_in, address(request.scope))
        fields = await read_form(request)
        own_first_form(request, fields)
        person = _named(desk.shop, one(fields, "person"))
        stopped = await self._tried(request, desk, person, kind, one(fields, kind.value))
        back = _own_path(one(fields, "back"), "")
        if stopped is not None or person is None:
            return await self._turned_away(request, desk, stopped, person, kind, back)
        return await let_in(doors, request, desk, person, kind.value, back)

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
            actor = actor_of(person, f"sign-in {address(request.scope)}")
            await note(desk, actor, "sign_in_locked", person.id)
        return _locked(verdict)

    async def _turned_away(
        self,
        request: Request,
        desk: Desk,
        stopped: Stopped | None,
        person: Person | None,
        kind: CredentialKind,
        back: str,
    ) -> Response:
        stopped = stopped or Stopped(422, "wrong_password", fields=(kind.value,))
        if wants_json(request.scope) or "hx-request" in request.headers:
            return answer_stopped(stopped, request.scope)
        error = sentence_of(stopped.code, stopped.params, request.scope)
        place = "tablet" if kind == CredentialKind.pin else "desk"
        chosen = person.id if person else ""
        shown = await first_page(
            self.doors, request, desk, error=error, chosen=chosen, place=place, back=back
        )
        shown.status_code = stopped.status
        if stopped.retry_after_seconds:
            shown.headers["retry-after"] = str(stopped.retry_after_seconds)
        return shown

    async def sign_out(self, request: Request) -> Response:
        """`POST /sign-out`: end this session and its live sockets."""
        signed, desk = signed_of(request), desk_of(request)
        own_form(request, await read_form(request))
        if not signed.session:
            raise Stopped(403, "not_allowed")
        await self.doors.access.end_session(desk.shop.id, signed.session)
        await note(desk, signed.actor, "signed_out", signed.person_id)
        is_tablet = signed.actor.via in ("pin", "badge")
        answer = went(request, "/?tablet" if is_tablet else "/")
        drop_cookie(answer, request, SESSION)
        return answer

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
        answer = went(request, _own_path(one(fields, "back"), "/"))
        set_cookie(answer, request, LANGUAGE, chosen)
        return answer


def _own_path(back: str, otherwise: str) -> str:
    is_own = back.startswith("/") and not back.startswith(("//", "/\\"))
    return back if is_own and back.isprintable() else otherwise


def _named(shop: Shop, typed: str) -> Person | None:
    """The person of that id, or the only one of that name."""
    people = [person for person in shop.people.values() if not person.removed]
    by_id = [person for person in people if person.id == typed.strip().lower()]
    by_name = [person for person in people if person.name == typed.strip()]
    return by_id[0] if by_id else by_name[0] if len(by_name) == 1 else None


def _locked(verdict: Locked) -> Stopped:
    minutes = -(-verdict.seconds // 60)
    return Stopped(429, "locked", {"minutes": minutes}, retry_after_seconds=verdict.seconds)
