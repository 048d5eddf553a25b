"""The way of a live socket to its endpoint: what is checked around pages, in one pass.

After a switch came back thousands dial at once, so nothing is made here that no socket needs:
no answer's headers, no words, no token of forms, no table of addresses.
"""

from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from board.journal import JournalUnavailable
from board.web.doors import Doors
from board.web.errors import Stopped, answer_stopped, log
from board.web.proxies import seen_through
from board.web.security import is_own
from board.web.session import Visitors, not_guessing

LIVE = "/live/"
COME_BACK = 1012

Endpoint = Callable[[WebSocket], Awaitable[None]]


class Sockets:
    """Brings sockets of `/live/{audience}` to their endpoint, and all that is no socket to `app`.

    The endpoint finds `signed` and `desk` in the socket's state, `audience` in its path's parts.
    """

    def __init__(self, app: ASGIApp, live: Endpoint, doors: Doors) -> None:
        self._app = app
        self._live = live
        self._doors = doors
        self._visitors = Visitors(doors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a socket of our own pages in, or refuse it before it opens."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        scope = seen_through(self._doors.proxies, scope)
        audience = scope["path"].removeprefix(LIVE)
        if audience == scope["path"] or "/" in audience or not is_own(scope):
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
            return
        scope["path_params"] = {"audience": audience}
        await self._bring(WebSocket(scope, receive, send))

    async def _bring(self, socket: WebSocket) -> None:
        try:
            signed, desk = await self._visitors.who(socket)
            if signed is None:
                not_guessing(socket)
        except JournalUnavailable as error:
            log.error("sessions cannot be read: %s", error)
            await socket.close(COME_BACK)
            return
        except Stopped as stopped:
            answer = answer_stopped(stopped, socket.scope)
            await socket.send_denial_response(answer)
            return
        socket.scope["state"].update(signed=signed, desk=desk)
        await self._live(socket)
