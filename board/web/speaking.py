"""In which language a request is answered before anybody knows who asks.

The outermost layer: whatever is refused further in is told in the browser's language.
"""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from board.desk import Desk
from board.web.cookies import LANGUAGE, cookie_of
from board.web.doors import Doors


class Speaking:
    """Puts language and words into the state of every request."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with what a refusal needs."""
        if scope["type"] == "http":
            connection = HTTPConnection(scope)
            language = spoken(self._doors, connection, desk_of_host(self._doors, connection))
            scope.setdefault("state", {}).update(speech(self._doors, language))
        await self._app(scope, receive, send)


def speech(doors: Doors, language: str) -> dict[str, object]:
    """Return what answers in that language are made with."""
    return {
        "language": language,
        "render": doors.render,
        "speak": doors.languages.translations(language).gettext,
    }


def spoken(doors: Doors, connection: HTTPConnection, desk: Desk | None) -> str:
    """Return the language of a browser nobody is signed in on."""
    chosen = cookie_of(connection, LANGUAGE) or connection.headers.get("accept-language")
    if chosen:
        return doors.languages.best(chosen)
    return doors.languages.best(desk.shop.settings.language if desk else "")


def desk_of_host(doors: Doors, connection: HTTPConnection) -> Desk | None:
    """Return the desk of the shop that the request's Host means, if it means one."""
    return doors.desk_of(doors.shop_of_host(connection.headers.get("host", "").lower()))
