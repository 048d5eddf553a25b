"""The middleware that tells pages and doors who asks, in which language, and guards their forms.

Puts `signed` and `desk` into the request's state. Knows nothing of what is asked.
"""

import secrets
from collections.abc import Mapping
from dataclasses import replace

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from board.journal import JournalUnavailable
from board.web.cookies import FORM, cookie_of, set_cookie
from board.web.csrf import form_csrf, session_csrf
from board.web.doors import Doors
from board.web.errors import Stopped, answer_stopped, log
from board.web.session import Visitors, bearer_of
from board.web.speaking import desk_of_host, speech, spoken

PHONE_PAGES = "/track/"
_WITHOUT = ("/static/", "/healthz", "/readyz", "/metrics")


class WhoAsks:
    """Finds shop and session of every request."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self._app = app
        self._doors = doors
        self._visitors = Visitors(doors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with what is known in its state."""
        if scope["type"] != "http" or scope["path"].startswith(_WITHOUT):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            known = await self._known(connection)
        except JournalUnavailable as error:
            await _unreadable(scope, error)(scope, receive, send)
            return
        scope.setdefault("state", {}).update(known)
        await self._app(scope, receive, self._sending(connection, known, send))

    async def _known(self, connection: HTTPConnection) -> dict[str, object]:
        signed, desk = await self._visitors.who(connection)
        desk = desk or desk_of_host(self._doors, connection)
        language = signed.language if signed else spoken(self._doors, connection, desk)
        if signed is not None and signed.session:
            signed = replace(signed, csrf=session_csrf(self._doors.secret, signed.session))
        is_program = bearer_of(connection) is not None
        nonce = cookie_of(connection, FORM)
        # A program gets no form, and a phone page's address is its proof: neither needs a cookie.
        needs_none = is_program or connection.scope["path"].startswith(PHONE_PAGES)
        fresh = "" if nonce or needs_none else secrets.token_urlsafe(24)
        return {
            "signed": signed,
            "desk": desk,
            "bearer": is_program,
            **speech(self._doors, language),
            "form_csrf": form_csrf(self._doors.secret, nonce or fresh) if nonce or fresh else "",
            "form_known": bool(nonce),
            "form_fresh": fresh,
        }

    def _sending(self, connection: HTTPConnection, known: dict[str, object], send: Send) -> Send:
        cookies = dict(connection.state.settles)
        if fresh := str(known["form_fresh"]):
            cookies[FORM] = fresh
        if not cookies:
            return send

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_cookies(MutableHeaders(scope=message), connection, cookies)
            await send(message)

        return sending


def _unreadable(scope: Scope, error: JournalUnavailable) -> ASGIApp:
    # Outside the router no handler hears of it.
    log.error("sessions cannot be read: %s", error)
    return answer_stopped(Stopped(503, "journal_unavailable", retry_after_seconds=2), scope)


def _add_cookies(
    headers: MutableHeaders, connection: HTTPConnection, cookies: Mapping[str, str]
) -> None:
    # Only pages carry forms and are walls; other answers need no cookie.
    if not headers.get("content-type", "").startswith("text/html"):
        return
    for name, value in cookies.items():
        carrier = Response()
        set_cookie(carrier, connection, name, value)
        headers.append("set-cookie", carrier.headers["set-cookie"])
