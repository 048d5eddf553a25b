"""The manager's page of people, screens and sessions, and the doors behind its forms."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from board.accounts_credentials import CredentialKind, password_is_sound, pin_is_sound
from board.accounts_screen_codes import AUDIENCES, CODE_SECONDS, spaced
from board.accounts_sessions import Session
from board.core.days import local
from board.core.shop import Shop
from board.web.access import note
from board.web.checks import desk_of, form_of, manager_of, one
from board.web.doors import Doors
from board.web.errors import Stopped, wants_json
from board.web.pages import at_work, page, person_row, went

_PAGE = "/admin/set-up"
_GROUP_LETTERS = 40


@dataclass(frozen=True)
class SetUp:
    """The doors of people, screens and sessions; all of them for managers."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(_PAGE, self.look, methods=["GET"]),
            Route("/admin/people/{person}/{kind}", self.credential, methods=["POST"]),
            Route("/admin/screens/codes", self.make_code, methods=["POST"]),
            Route("/admin/sessions/{session}/revoke", self.end_session, methods=["POST"]),
        ]

    async def look(self, request: Request) -> Response:
        """`GET /admin/set-up`; whoever is not signed in is asked to sign in first."""
        if request.state.signed is None:
            return RedirectResponse("/", 303)
        manager_of(request)
        return await set_up_page(self.doors, request)

    async def credential(self, request: Request) -> Response:
        """`POST /admin/people/{id}/pin|password`: set it and sign that person out everywhere."""
        signed, desk, fields = await form_of(request, self.doors, manager_of(request))
        person, kind = request.path_params["person"], request.path_params["kind"]
        if kind not in ("pin", "password"):
            raise Stopped(404, "not_found")
        if person not in desk.shop.people or desk.shop.people[person].removed:
            raise Stopped(404, "unknown_person")
        secret = one(fields, kind)
        if not (pin_is_sound if kind == "pin" else password_is_sound)(secret):
            raise Stopped(422, f"{kind}_unsound", fields=(kind,))
        keep = self.doors.accounts.credentials.set
        await asyncio.to_thread(keep, desk.shop.id, person, CredentialKind(kind), secret)
        await self.doors.access.end_person(desk.shop.id, person)
        await note(desk, signed.actor, f"{kind}_set", person)
        return went(request, _PAGE)

    async def make_code(self, request: Request) -> Response:
        """`POST /admin/screens/codes`: fields audience, group, language; shows the code once."""
        signed, desk, fields = await form_of(request, self.doors, manager_of(request))
        audience = one(fields, "audience")
        if audience not in AUDIENCES:
            raise Stopped(422, "audience_wrong", fields=("audience",))
        language = one(fields, "language") or desk.shop.settings.language
        if language not in self.doors.languages.available:
            raise Stopped(422, "language_wrong", fields=("language",))
        group = one(fields, "group")[:_GROUP_LETTERS]
        make = self.doors.accounts.screens.make_code
        code = await asyncio.to_thread(make, desk.shop.id, audience, group, language)
        await note(desk, signed.actor, "screen_code_made", audience)
        if wants_json(request.scope):
            return JSONResponse({"code": spaced(code), "seconds": CODE_SECONDS})
        return await set_up_page(self.doors, request, code=spaced(code))

    async def end_session(self, request: Request) -> Response:
        """`POST /admin/sessions/{hash}/revoke`: sign one browser out; a second try too is noted."""
        signed, desk, _ = await form_of(request, self.doors, manager_of(request))
        hashed = request.path_params["session"]
        knows = self.doors.accounts.sessions.knows
        if not await asyncio.to_thread(knows, desk.shop.id, hashed):
            raise Stopped(404, "unknown_session")
        await self.doors.access.end_session(desk.shop.id, hashed)
        await note(desk, signed.actor, "session_revoked", hashed[:12])
        return went(request, _PAGE)


async def set_up_page(
    doors: Doors,
    request: Request,
    *,
    code: str = "",
    mistakes: tuple[tuple[int, str], ...] = (),
    error: str = "",
    text: str = "",
) -> Response:
    """Return the page; `mistakes` are (line, reason) of the shop file `text`."""
    desk = desk_of(request)
    shop, accounts = desk.shop, doors.accounts
    kinds = await asyncio.to_thread(accounts.credentials.of_shop, shop.id)
    people = [
        {**person_row(person, shop), "kinds": sorted(kinds.get(person.id, ()))}
        for person in at_work(shop)
    ]
    sessions = await asyncio.to_thread(accounts.sessions.of_shop, shop.id)
    screens = await asyncio.to_thread(accounts.screens.of_shop, shop.id)
    live = doors.connected()
    return page(
        doors,
        request,
        "set_up/page.html",
        shop=shop.settings.name,
        settings=shop.settings,
        bays=[bay for bay in shop.bays.values() if not bay.removed],
        people=people,
        badges=await asyncio.to_thread(accounts.badges.holders, shop.id),
        screens=screens,
        connected={screen.id for screen in screens if f"{shop.id}:{screen.id}" in live},
        sessions=[_session_row(session, shop) for session in sessions],
        own=request.state.signed.session,
        tokens=await asyncio.to_thread(accounts.tokens.of_shop, shop.id),
        audiences=AUDIENCES,
        code=code,
        mistakes=mistakes,
        error=error,
        text=text,
    )


def _session_row(session: Session, shop: Shop) -> dict[str, object]:
    is_screen = session.holder_kind == "screen"
    return {
        "hash": session.hash,
        "holder": session.screen_name if is_screen else shop.name_of(session.person_id),
        "kind": session.holder_kind,
        "audience": session.audience,
        "via": session.via,
        "created_at": local(session.created_at, shop.settings),
        "last_seen_at": local(session.last_seen_at, shop.settings),
    }
