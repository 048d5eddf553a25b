"""The cookies we set: their names, and how each is read, written and taken away.

A browser lets no page of plain HTTP replace what came over https, so each way has names of its own
(RFC 6265bis, 4.1.3). The plain name is only read, never written: an earlier version gave it to both
ways, and a Secure cookie that is left of that would keep plain HTTP from signing anybody in.
"""

from starlette.requests import HTTPConnection
from starlette.responses import Response

SESSION = "baylight_session"
SCREENS = {
    audience: f"baylight_screen_{audience}" for audience in ("tv", "lounge", "queue", "arrivals")
}
"""By audience: one browser may be several walls."""

WAITING = {audience: f"baylight_waiting_{audience}" for audience in SCREENS}
"""By audience: the token of a browser that waits to become that wall, for a quarter of an hour."""

WALLS = {"tv": "tv", "lounge": "lounge", "queue": "queue", "arrivals-tv": "arrivals"}
"""The audience of each wall's page: the arrivals list of a desk has its plain name."""

VIEWS = {"overview": "tv"}
"""Audiences that are another view of a wall: its screen keeps its cookie."""

PHONE = "baylight_phone"
FORM = "baylight_form"
LANGUAGE = "baylight_language"
_OF_PATHS = frozenset({PHONE})
"""Cookies of one page: `__Host-` is for those of a whole host."""

_OF_BOTH = frozenset({*SCREENS.values(), LANGUAGE})
"""Known over https as over plain HTTP, too: a screen that was paired before keeps its wall."""

_YEAR_SECONDS = 365 * 86400
_AGES: dict[str, int] = {
    SESSION: 7 * 86400,
    LANGUAGE: _YEAR_SECONDS,
    **dict.fromkeys(SCREENS.values(), _YEAR_SECONDS),
    **dict.fromkeys(WAITING.values(), 900),
}


def name_over(connection: HTTPConnection, name: str) -> str:
    """What the cookie is called between this browser and us."""
    return _over_https(name) if is_secure(connection) else _over_http(name)


def _over_http(name: str) -> str:
    return f"{name}_http"


def _over_https(name: str) -> str:
    return f"__Secure-{name}" if name in _OF_PATHS else f"__Host-{name}"


COOKIES = frozenset(
    written
    for name in (SESSION, *SCREENS.values(), *WAITING.values(), PHONE, FORM, LANGUAGE)
    for written in (name, _over_http(name), _over_https(name))
)
"""As they are written over plain HTTP and over https, and as they once were."""


def cookie_of(connection: HTTPConnection, name: str) -> str:
    """What the browser has in the cookie, '' for nothing."""
    plain = (_over_http(name), name)
    if is_secure(connection):
        names = (_over_https(name), *(plain if name in _OF_BOTH else ()))
    else:
        names = plain
    given = (connection.cookies.get(each, "") for each in names)
    return next(filter(None, given), "")


def is_secure(connection: HTTPConnection) -> bool:
    """Whether the browser talks to us over TLS."""
    return connection.scope.get("scheme") in ("https", "wss")


def set_cookie(response: Response, request: HTTPConnection, name: str, value: str) -> None:
    """Give the browser a cookie that scripts cannot read and other sites cannot send with forms."""
    response.set_cookie(
        name_over(request, name),
        value,
        max_age=_AGES.get(name),
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def drop_cookie(response: Response, request: HTTPConnection, name: str) -> None:
    """Take a cookie away; one of the same purpose on the other kind of connection stays."""
    secure = is_secure(request)
    for written in (name_over(request, name),) if secure else (_over_http(name), name):
        response.delete_cookie(written, path="/", secure=secure, httponly=True, samesite="lax")
