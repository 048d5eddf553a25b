"""Who is asking: the middleware that knows it and the value in which pages and doors find it.

Puts `signed` and `desk` into the request's state. Knows nothing of what is asked.
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from board.accounts_sessions import Session
from board.core.roles import Actor
from board.desk import Desk
from board.journal import JournalUnavailable
from board.web.cookies import FORM, SCREENS, SESSION, set_cookie
from board.web.csrf import form_csrf, session_csrf
from board.web.doors import Doors
from board.web.errors import Stopped, answer_stopped, log
from board.web.limits import address
from board.web.speaking import desk_of_host, speech, spoken

Known = TypeVar("Known")

_WITHOUT = ("/static/", "/healthz", "/readyz", "/metrics")


@dataclass(frozen=True, slots=True)
class ScreenTicket:
    """A paired screen's leave to look: what, of which bays, in which language; `session` ends."""

    screen_id: str
    audience: str
    group: str
    language: str
    session: str


@dataclass(frozen=True, slots=True)
class Signed:
    """Who asks. A screen without a person has no roles; a key has no `session` and no `csrf`.

    `session` is the hash that revocation names; `screen` is there if this browser is paired.
    """

    person_id: str
    actor: Actor
    csrf: str
    language: str
    session: str
    screen: ScreenTicket | None = None


class WhoAsks:
    """Finds shop and session of every request and socket."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with what is known in its state."""
        if scope["type"] not in ("http", "websocket") or scope["path"].startswith(_WITHOUT):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            known = await self._known(connection)
        except JournalUnavailable as error:
            await _come_back(scope, error)(scope, receive, send)
            return
        except Stopped as stopped:
            # Outside the router no handler hears of it.
            await answer_stopped(stopped, scope)(scope, receive, send)
            return
        scope.setdefault("state", {}).update(known)
        await self._app(scope, receive, self._sending(connection, known, send))

    async def _known(self, connection: HTTPConnection) -> dict[str, object]:
        bearer = _bearer(connection)
        if bearer is not None:
            signed, desk = await self._by_token(bearer, connection)
        else:
            signed, desk = await self._by_cookies(connection)
        desk = desk or desk_of_host(self._doors, connection)
        language = signed.language if signed and signed.language else ""
        language = language or spoken(self._doors, connection, desk)
        if signed is not None:
            signed = replace(signed, language=language)
        nonce = connection.cookies.get(FORM, "")
        # A program gets no form, so it needs no cookie for one.
        fresh = "" if nonce or bearer is not None else secrets.token_urlsafe(24)
        return {
            "signed": signed,
            "desk": desk,
            "bearer": bearer is not None,
            **speech(self._doors, language),
            "form_csrf": form_csrf(self._doors.secret, nonce or fresh) if nonce or fresh else "",
            "form_known": bool(nonce),
            "form_fresh": fresh,
        }

    async def _by_token(
        self, bearer: str, connection: HTTPConnection
    ) -> tuple[Signed | None, Desk | None]:
        token = await self._proved(connection, bearer, self._doors.access.api_token)
        if token is None:
            return None, None
        actor = Actor("token", token.id, token.name, token.roles, "api")
        accepted = connection.headers.get("accept-language", "")
        language = self._doors.languages.best(accepted) if accepted else ""
        return Signed("", actor, "", language, ""), self._doors.desk_of(token.shop_id)

    async def _by_cookies(self, connection: HTTPConnection) -> tuple[Signed | None, Desk | None]:
        person = await self._session(connection, SESSION)
        screen = await self._screen(connection)
        ticket = _ticket(screen) if screen else None
        desk = self._doors.desk_of(person.shop_id) if person else None
        if person and desk and (signed := self._person(person, desk)):
            same_shop = screen is not None and screen.shop_id == person.shop_id
            return replace(signed, screen=ticket if same_shop else None), desk
        if screen and ticket:
            actor = Actor("screen", ticket.screen_id, screen.screen_name, frozenset(), "screen")
            csrf = session_csrf(self._doors.secret, ticket.session)
            signed = Signed("", actor, csrf, ticket.language, ticket.session, ticket)
            return signed, self._doors.desk_of(screen.shop_id)
        return None, None

    async def _screen(self, connection: HTTPConnection) -> Session | None:
        """A wall's page and socket know only its own pairing; elsewhere any one does."""
        place = connection.scope["path"].strip("/").removeprefix("live/")
        for cookie in (SCREENS[place],) if place in SCREENS else SCREENS.values():
            screen = await self._session(connection, cookie)
            if screen is not None and screen.holder_kind == "screen":
                return screen
        return None

    async def _session(self, connection: HTTPConnection, cookie: str) -> Session | None:
        token = connection.cookies.get(cookie, "")
        look = self._doors.access.session
        return await self._proved(connection, token, look) if token else None

    async def _proved(
        self,
        connection: HTTPConnection,
        secret: str,
        look: Callable[[str], Awaitable[Known | None]],
    ) -> Known | None:
        """What a secret stands for; Stopped (429) where too many were nobody's lately.

        Who was known a moment ago is let in all the same: a neighbour's tries lock nobody out.
        """
        strangers = self._doors.limits.stranger
        where, at = address(connection.scope), self._doors.clock().timestamp()
        wait = strangers.wait(where, at)
        if wait and not self._doors.access.has_met(secret):
            raise Stopped(429, "too_many", {"seconds": wait}, retry_after_seconds=wait)
        found = await look(secret)
        if found is None:
            strangers.take(where, at)
        return found

    def _person(self, session: Session, desk: Desk) -> Signed | None:
        person = desk.shop.people.get(session.person_id)
        if person is None or person.removed or session.holder_kind != "person":
            return None
        actor = Actor("person", person.id, person.name, person.roles, session.via)
        csrf = session_csrf(self._doors.secret, session.hash)
        language = session.language or person.language
        return Signed(person.id, actor, csrf, language, session.hash)

    def _sending(self, connection: HTTPConnection, known: dict[str, object], send: Send) -> Send:
        fresh = str(known["form_fresh"])
        if not fresh or connection.scope["type"] != "http":
            return send

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_form_cookie(MutableHeaders(scope=message), connection, fresh)
            await send(message)

        return sending


def _come_back(scope: Scope, error: JournalUnavailable) -> ASGIApp:
    # Outside the router no handler hears of it.
    log.error("sessions cannot be read: %s", error)
    if scope["type"] == "websocket":
        return WebSocketClose(1012)
    return answer_stopped(Stopped(503, "journal_unavailable", retry_after_seconds=2), scope)


def _bearer(connection: HTTPConnection) -> str | None:
    scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def _ticket(session: Session) -> ScreenTicket:
    return ScreenTicket(
        session.screen_id, session.audience, session.group, session.language, session.hash
    )


def _add_form_cookie(headers: MutableHeaders, connection: HTTPConnection, nonce: str) -> None:
    # Only pages carry forms; other answers need no cookie.
    if headers.get("content-type", "").startswith("text/html"):
        carrier = Response()
        set_cookie(carrier, connection, FORM, nonce)
        headers.append("set-cookie", carrier.headers["set-cookie"])
